import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { Evidence } from "../activities/Evidence";
import { Facts } from "../activities/Facts";
import type { Activity } from "../api/appraisal";
import type { FeedbackRequest } from "../api/notes";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { GiveFeedback } from "../notes/GiveFeedback";
import { Glyph } from "../states/Glyph";
import { isOverdue } from "./queue";
import { ReasonForm } from "./ReasonForm";
import type { Decide } from "./useDecisions";
import classes from "./validation.module.css";

/** One entry that waits: what was done, and the three decisions. */
export function QueueRow(props: {
  row: Activity;
  /** Whose it is, where the reader may give feedback on it. */
  name: string | null;
  /** Feedback that is asked for on it. */
  request: FeedbackRequest | null;
  today: string;
  selected: boolean;
  toggle: () => void;
  decide: Decide;
  busy: boolean;
}) {
  const { t, language } = useWords();
  const { row, name, request, today, selected, toggle, decide, busy } = props;
  const [asking, setAsking] = useState<"returned" | "rejected" | null>(null);
  const corrected = row.steps.filter((step) => step.what === "changed" && step.words !== "").at(-1);
  const named = (word: string) => ({ "aria-label": `${word}: ${row.what}`, children: word });
  return (
    <li data-row={row.id}>
      <Checkbox aria-label={t("validation.select", { what: row.what })} checked={selected} onChange={toggle} />
      <div className={classes.what}>
        <p>{row.what}</p>
        <p className={classes.facts}>
          <span className="quiet">{day(row.date, language)}</span>
          <span data-number>{t("activity.minutes", { number: integer(row.minutes, language) })}</span>
          {isOverdue(row, today) && (
            <span>
              <Glyph shape="warning" /> {t("validation.overdue", { date: day(row.due_on, language) })}
            </span>
          )}
        </p>
        <Facts activity={row} />
        <Evidence activity={row} />
        {corrected !== undefined && (
          <p>
            <span className="quiet">{t("activityStep.changed")}:</span> {corrected.words}
          </p>
        )}
        {request !== null && (
          <p>
            <Glyph shape="waiting" /> {t("validation.asked")}
            {request.words !== "" && `: ${request.words}`}
          </p>
        )}
        {name !== null && (
          <p>
            <GiveFeedback
              employee={{ id: row.employee_id, name }}
              activity={{ id: row.id, what: row.what, date: row.date }}
              subtle
              named
              {...(request !== null && { request: request.id })}
            />
          </p>
        )}
      </div>
      {asking === null && (
        <div className={classes.buttons}>
          <Button
            data-validate
            variant="light"
            className={classes.validate}
            disabled={busy}
            onClick={() => void decide([row], "validated").catch(() => {})}
            {...named(t("validation.validate"))}
          />
          <Button
            data-return
            variant="default"
            onClick={() => setAsking("returned")}
            {...named(t("validation.return"))}
          />
          <Button variant="subtle" onClick={() => setAsking("rejected")} {...named(t("validation.reject"))} />
        </div>
      )}
      {asking !== null && (
        <div className={classes.reason}>
          <ReasonForm rows={[row]} outcome={asking} decide={decide} close={() => setAsking(null)} />
        </div>
      )}
    </li>
  );
}
