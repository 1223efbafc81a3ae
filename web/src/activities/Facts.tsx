import type { Activity } from "../api/appraisal";
import { useWords } from "../i18n";
import classes from "./activities.module.css";

/** When, for which task, with which result: what an entry says beside its text. */
export function Facts({ activity }: { activity: Activity }) {
  const { t } = useWords();
  const { start, end, task } = activity;
  const result = useResult(activity);
  if (start === null && task === null && result === "") return null;
  return (
    <p className={classes.facts}>
      {start !== null && (
        <span data-number>
          {start}–{end}
        </span>
      )}
      {task !== null && (
        <span>
          <span className="quiet">{t("activity.taskShort")}</span> {task.name}
        </span>
      )}
      {result !== "" && (
        <span>
          <span className="quiet">{t("activity.resultShort")}</span> {result}
        </span>
      )}
    </p>
  );
}

/** `3 berkas: notulen terkirim`; "" without a result. */
export function useResult({ quantity, unit, result }: Pick<Activity, "quantity" | "unit" | "result">): string {
  const { language } = useWords();
  const number = quantity === null ? "" : language === "id" ? quantity.replace(".", ",") : quantity;
  const amount = `${number} ${unit}`.trim();
  return [amount, result].filter((part) => part !== "").join(": ");
}
