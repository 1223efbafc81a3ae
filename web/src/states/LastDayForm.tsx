import { TextInput } from "@mantine/core";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../i18n";
import { CommandForm } from "./CommandForm";
import { fieldErrors } from "./Refusal";

/** The last day of something dated. `changed` is what is asked anew once it is done. */
export function LastDayForm(props: {
  of: { name: string; valid_from: string; valid_to?: string | null };
  today: string;
  hint: string;
  submit: string;
  send: (last: string) => Promise<unknown>;
  changed: QueryKey;
  close: () => void;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  const { of, today, hint, submit, send, changed, close } = props;
  const [last, setLast] = useState(of.valid_to ?? today);
  const backwards = last !== "" && last < of.valid_from;
  const ending = useMutation({
    mutationFn: () => send(last),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: changed });
      close();
    },
  });
  return (
    <CommandForm
      label={`${t("tasks.end")}: ${of.name}`}
      lacking={last === "" || backwards}
      command={ending}
      submit={submit}
      close={close}
      told={["valid_to"]}
      fields={(tried) => (
        <TextInput
          type="date"
          label={t("tasks.lastDay")}
          description={hint}
          value={last}
          min={of.valid_from}
          onChange={(event) => setLast(event.currentTarget.value)}
          error={
            tried && (last === "" || backwards)
              ? t(backwards ? "tasks.backwards" : "tree.dateMissing")
              : (fieldErrors(ending.error).valid_to ?? null)
          }
        />
      )}
    />
  );
}
