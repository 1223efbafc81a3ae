import { activityKeys, endTask, type Task } from "../api/appraisal";
import { useWords } from "../i18n";
import { LastDayForm } from "../states/LastDayForm";

/** The last day a task can be chosen for; what was recorded for it stays. */
export function EndTask({ task, today, close }: { task: Task; today: string; close: () => void }) {
  const { t } = useWords();
  return (
    <LastDayForm
      of={task}
      today={today}
      hint={t("tasks.lastDayHint")}
      submit={t("tasks.endNow")}
      send={(last) => endTask(task.id, last)}
      changed={activityKeys.tasks}
      close={close}
    />
  );
}
