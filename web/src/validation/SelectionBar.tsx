import { Button } from "@mantine/core";
import { useState } from "react";
import type { Activity } from "../api/appraisal";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { ReasonForm } from "./ReasonForm";
import type { Decide } from "./useDecisions";
import classes from "./validation.module.css";

/** What is selected, and one decision for all of it. */
export function SelectionBar(props: { rows: readonly Activity[]; decide: Decide; busy: boolean; clear: () => void }) {
  const { t, language } = useWords();
  const { rows, decide, busy, clear } = props;
  const [asking, setAsking] = useState<"returned" | "rejected" | null>(null);
  const number = integer(rows.length, language);
  const minutes = integer(
    rows.reduce((sum, row) => sum + row.minutes, 0),
    language,
  );
  return (
    <section className={classes.bar} aria-label={t("validation.selection")}>
      <p role="status">{t("validation.selected", { number, minutes })}</p>
      {asking === null ? (
        <div className={classes.buttons}>
          <Button loading={busy} onClick={() => void decide(rows, "validated").catch(() => {})}>
            {t("validation.validateMany", { number, count: rows.length })}
          </Button>
          <Button variant="default" onClick={() => setAsking("returned")}>
            {t("validation.return")}
          </Button>
          <Button variant="default" onClick={() => setAsking("rejected")}>
            {t("validation.reject")}
          </Button>
          <Button variant="subtle" onClick={clear}>
            {t("validation.clear")}
          </Button>
        </div>
      ) : (
        <ReasonForm rows={rows} outcome={asking} decide={decide} close={() => setAsking(null)} />
      )}
    </section>
  );
}
