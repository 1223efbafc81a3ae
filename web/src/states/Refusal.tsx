import { ApiError } from "../api/client";
import { useWords } from "../i18n";
import classes from "./states.module.css";

/** Why a command was not done, in the words of the service: every wrong field, else what to do. */
export function Refusal({ error }: { error: Error | null }) {
  const { t } = useWords();
  if (error === null) return null;
  const problem = error instanceof ApiError ? error.problem : null;
  const fields = problem?.errors?.map((one) => one.detail).join("; ");
  return (
    <p role="alert" className={classes.refusal}>
      {fields || problem?.detail || t("form.failed")}
    </p>
  );
}
