import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { removeRow, scheduleKeys } from "../api/schedules";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";

/** Takes a row of the book away, asked twice. What refers to it, the service says. */
export function RemoveRow(props: { plural: string; row: { id: string; version: number }; name: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { plural, row, name } = props;
  const [sure, setSure] = useState(false);
  const removing = useMutation({
    mutationFn: () => removeRow(plural, row),
    onSettled: () => client.invalidateQueries({ queryKey: scheduleKeys.all }),
  });
  if (!sure) {
    return (
      <Button variant="subtle" aria-label={`${t("schedules.remove")}: ${name}`} onClick={() => setSure(true)}>
        {t("schedules.remove")}
      </Button>
    );
  }
  return (
    <span>
      <Button
        variant="default"
        aria-label={`${t("schedules.removeNow")}: ${name}`}
        loading={removing.isPending}
        onClick={() => removing.mutate()}
      >
        {t("schedules.removeNow")}
      </Button>{" "}
      <Button variant="subtle" onClick={() => setSure(false)}>
        {t("form.cancel")}
      </Button>
      <Refusal error={removing.error} />
    </span>
  );
}
