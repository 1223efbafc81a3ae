import { ApiError } from "../api/client";
import { useWords } from "../i18n";
import classes from "./states.module.css";

const BODY = "/body/";

/**
 * Why a command was not done, in the words of the service: every wrong field, else what to do. Where somebody else was
 * first (412), also how to begin anew: the form still holds what it was opened with. Fields `told` say themselves what
 * is wrong with them.
 */
export function Refusal({ error, told = [] }: { error: Error | null; told?: readonly string[] | undefined }) {
  const { t } = useWords();
  if (error === null) return null;
  const problem = error instanceof ApiError ? error.problem : null;
  const wrong = problem?.errors ?? [];
  const others = wrong.filter(({ pointer }) => !told.some((field) => pointer === BODY + field));
  const fields = others.map((one) => one.detail).join("; ");
  return (
    <p role="alert" className={classes.refusal}>
      {wrong.length > others.length && others.length === 0
        ? t("form.marked")
        : fields || problem?.detail || t("form.failed")}
      {problem?.status === 412 && ` ${t("form.outdated")}`}
    </p>
  );
}

/** What the service says of each field of what was sent, as a sentence of its own. */
export function fieldErrors(error: Error | null): Readonly<Record<string, string | undefined>> {
  const wrong = (error instanceof ApiError ? error.problem?.errors : undefined) ?? [];
  return Object.fromEntries(
    wrong
      .filter(({ pointer }) => pointer.startsWith(BODY))
      .map(({ pointer, detail }) => [
        pointer.slice(BODY.length),
        `${detail.charAt(0).toUpperCase()}${detail.slice(1).replace(/\.?$/, ".")}`,
      ]),
  );
}
