import type { Leave } from "../api/leave";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { WordsForm } from "../states/WordsForm";
import type { Decide } from "./useDecisions";

/** Whoever asked for the form writes next. One function for all, so that it is called once for each form. */
function focusWords(element: HTMLElement | null) {
  element?.querySelector("textarea")?.focus();
}

/** Why requests are returned or rejected, in words the employee reads; the same for all of `rows`. */
export function ReasonForm(props: {
  rows: readonly Leave[];
  outcome: "returned" | "rejected";
  decide: Decide;
  close: () => void;
}) {
  const { t, language } = useWords();
  const { rows, outcome, decide, close } = props;
  const word = t(`leaveDecide.${outcome}`, { number: integer(rows.length, language), count: rows.length });
  return (
    <div ref={focusWords}>
      <WordsForm
        title={word}
        label={t("leave.words")}
        hint={t(`leaveHint.${outcome}`)}
        submit={word}
        send={(words) => decide(rows, outcome, words)}
        changed={[]}
        close={close}
      />
    </div>
  );
}
