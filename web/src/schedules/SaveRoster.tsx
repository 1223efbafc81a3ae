import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Remark, type RosterChange, saveRoster, scheduleKeys } from "../api/schedules";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import { Remarks } from "./Remarks";
import { cellAt } from "./roster";
import classes from "./schedules.module.css";

/** What is changed and not saved yet, what is wrong with it, and the order it comes from. */
export function SaveRoster(props: {
  change: RosterChange;
  cells: number;
  found: readonly Remark[];
  saves: boolean;
  name: (id: string) => string;
  source: string;
  setSource: (source: string) => void;
  forget: () => void;
}) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { change, cells, found, saves, name, source, setSource, forget } = props;
  const [tried, setTried] = useState(false);
  const saving = useMutation({
    mutationFn: () => saveRoster(change),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: scheduleKeys.rosters });
      forget();
    },
    onError: () => client.invalidateQueries({ queryKey: scheduleKeys.rosters }),
  });
  const place = ({ pointer }: Remark) => {
    const at = cellAt(change, pointer);
    if (at === null) return "";
    return at.day === null ? name(at.person) : `${name(at.person)}, ${day(at.day, language)}`;
  };
  return (
    <form
      aria-label={t("roster.save")}
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (source.trim() !== "" && saves) saving.mutate();
      }}
    >
      <p role="status">{t("roster.changed", { count: cells })}</p>
      <Remarks found={found} place={place} />
      <TextInput
        label={t("roster.source")}
        description={t("roster.sourceHint")}
        maxLength={200}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        error={tried && source.trim() === "" ? t("schedules.sourceMissing") : null}
      />
      {tried && !saves && <p role="alert">{t("roster.mend")}</p>}
      <Refusal error={saving.error} />
      <div className={classes.line}>
        <Button type="submit" loading={saving.isPending}>
          {t("roster.save")}
        </Button>
        <Button variant="default" onClick={forget}>
          {t("roster.forget")}
        </Button>
      </div>
    </form>
  );
}
