import { Button } from "@mantine/core";
import { useState } from "react";
import type { Leave } from "../api/leave";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import classes from "./leave.module.css";
import { ReasonForm } from "./ReasonForm";
import type { Decide } from "./useDecisions";

/** What is selected, and one decision for all of it. */
export function SelectionBar(props: { rows: readonly Leave[]; decide: Decide; busy: boolean; clear: () => void }) {
  const { t, language } = useWords();
  const { rows, decide, busy, clear } = props;
  const [asking, setAsking] = useState<"returned" | "rejected" | null>(null);
  const number = integer(rows.length, language);
  return (
    <section className={classes.bar} aria-label={t("leave.selection")}>
      <p role="status">{t("leave.selected", { number })}</p>
      {asking === null ? (
        <div className={classes.buttons}>
          <Button loading={busy} onClick={() => void decide(rows, "approved").catch(() => {})}>
            {t("leaveDecide.approved", { number, count: rows.length })}
          </Button>
          <Button variant="default" onClick={() => setAsking("returned")}>
            {t("leave.return")}
          </Button>
          <Button variant="default" onClick={() => setAsking("rejected")}>
            {t("leave.reject")}
          </Button>
          <Button variant="subtle" onClick={clear}>
            {t("leave.clear")}
          </Button>
        </div>
      ) : (
        <ReasonForm rows={rows} outcome={asking} decide={decide} close={() => setAsking(null)} />
      )}
    </section>
  );
}
