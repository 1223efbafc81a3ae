import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Leave } from "../api/leave";
import { useWords } from "../i18n";
import { LeaveFacts } from "./LeaveFacts";
import { LeaveSteps } from "./LeaveSteps";
import { Letters } from "./Letters";
import classes from "./leave.module.css";
import { ReasonForm } from "./ReasonForm";
import type { Decide } from "./useDecisions";

/** One request that waits, or a cancellation of what has begun: what is asked, and the decisions. */
export function QueueRow(props: {
  row: Leave;
  name: string;
  selected: boolean;
  toggle: () => void;
  decide: Decide;
  busy: boolean;
}) {
  const { t } = useWords();
  const { row, name, selected, toggle, decide, busy } = props;
  const [asking, setAsking] = useState<"returned" | "rejected" | null>(null);
  const cancels = row.status === "cancelling";
  const named = (word: string) => ({ "aria-label": `${word}: ${name}`, children: word });
  return (
    <li data-row={row.id}>
      <Checkbox aria-label={t("leave.select", { name })} checked={selected} onChange={toggle} />
      <div className={classes.what}>
        <h2>{name}</h2>
        <p>
          {cancels && <strong>{t("leave.cancels")} </strong>}
          {t(`leaveKind.${row.kind}`)}
        </p>
        <LeaveFacts leave={row} />
        <Letters leave={row} />
        <LeaveSteps leave={row} />
        {asking === null ? (
          <div className={classes.buttons}>
            <Button
              disabled={busy}
              onClick={() => void decide([row], "approved").catch(() => {})}
              {...named(t(cancels ? "leave.agree" : "leave.approve"))}
            />
            {!cancels && (
              <Button variant="default" onClick={() => setAsking("returned")} {...named(t("leave.return"))} />
            )}
            <Button
              variant={cancels ? "default" : "subtle"}
              onClick={() => setAsking("rejected")}
              {...named(t(cancels ? "leave.refuse" : "leave.reject"))}
            />
          </div>
        ) : (
          <ReasonForm rows={[row]} outcome={asking} decide={decide} close={() => setAsking(null)} />
        )}
      </div>
    </li>
  );
}
