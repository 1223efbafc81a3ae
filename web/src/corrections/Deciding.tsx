import { Button } from "@mantine/core";
import { useState } from "react";
import type { Correction } from "../api/corrections";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { WordsForm } from "../states/WordsForm";
import classes from "./corrections.module.css";
import type { Decide } from "./useDecisions";

/** Whoever asked for the form writes next. One function for all, so that it is called once for each form. */
function focusWords(element: HTMLElement | null) {
  element?.querySelector("textarea")?.focus();
}

/** The three decisions about one correction or many; `of` names it for who does not see where the buttons stand. */
export function Deciding(props: {
  rows: readonly Correction[];
  of?: string;
  decide: Decide;
  busy: boolean;
  children?: React.ReactNode;
}) {
  const { t, language } = useWords();
  const { rows, of, decide, busy, children } = props;
  const [asking, setAsking] = useState<"returned" | "rejected" | null>(null);
  const counted = { number: integer(rows.length, language), count: rows.length };
  const named = (word: string) =>
    of === undefined ? { children: word } : { "aria-label": `${word}: ${of}`, children: word };
  if (asking !== null) {
    const title = t(`correctionForm.${asking}`, counted);
    return (
      <div ref={focusWords}>
        <WordsForm
          title={title}
          label={t("correction.decisionReason")}
          hint={t(`correctionHint.${asking}`)}
          submit={title}
          send={(words) => decide(rows, asking, words)}
          changed={[]}
          close={() => setAsking(null)}
        />
      </div>
    );
  }
  return (
    <div className={classes.buttons}>
      <Button
        variant={of === undefined ? "filled" : "light"}
        loading={busy && of === undefined}
        disabled={busy}
        onClick={() => void decide(rows, "approved").catch(() => {})}
        {...named(of === undefined ? t("correctionForm.approved", counted) : t("correction.approve"))}
      />
      <Button variant="default" onClick={() => setAsking("returned")} {...named(t("correction.return"))} />
      <Button
        variant={of === undefined ? "default" : "subtle"}
        onClick={() => setAsking("rejected")}
        {...named(t("correction.reject"))}
      />
      {children}
    </div>
  );
}
