import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { activityKeys, endTask, type Task } from "../api/appraisal";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";

/** The last day a task can be chosen for; what was recorded for it stays. */
export function EndTask({ task, today, close }: { task: Task; today: string; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [last, setLast] = useState(task.valid_to ?? today);
  const backwards = last !== "" && last < task.valid_from;
  const ending = useMutation({
    mutationFn: () => endTask(task.id, last),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: activityKeys.tasks });
      close();
    },
  });
  return (
    <CommandForm
      label={`${t("tasks.end")}: ${task.name}`}
      lacking={last === "" || backwards}
      command={ending}
      submit={t("tasks.endNow")}
      close={close}
      told={["valid_to"]}
      fields={(tried) => (
        <TextInput
          type="date"
          label={t("tasks.lastDay")}
          description={t("tasks.lastDayHint")}
          value={last}
          min={task.valid_from}
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
