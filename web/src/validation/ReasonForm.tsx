import type { Activity } from "../api/appraisal";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { WordsForm } from "../states/WordsForm";
import type { Decide } from "./useDecisions";

/** Whoever asked for the form writes next. One function for all, so that it is called once for each form. */
function focusWords(element: HTMLElement | null) {
  element?.querySelector("textarea")?.focus();
}

/** Why something is returned or rejected, in words the employee reads; the same for all of `rows`. */
export function ReasonForm(props: {
  rows: readonly Activity[];
  outcome: "returned" | "rejected";
  decide: Decide;
  close: () => void;
}) {
  const { t, language } = useWords();
  const { rows, outcome, decide, close } = props;
  const number = integer(rows.length, language);
  return (
    <div ref={focusWords}>
      <WordsForm
        title={t(`validationForm.${outcome}`, { number, count: rows.length })}
        label={t("validation.reason")}
        hint={t(`validationHint.${outcome}`)}
        submit={t(`validationForm.${outcome}`, { number, count: rows.length })}
        send={(words) => decide(rows, outcome, words)}
        changed={[]}
        close={close}
      />
    </div>
  );
}
