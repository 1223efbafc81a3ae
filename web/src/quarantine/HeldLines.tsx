import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type HeldLine, heldLinesQuery, type Reason } from "../api/attendance";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { LineForm } from "./LineForm";
import { type Action, actionsFor, byPin } from "./lines";
import classes from "./quarantine.module.css";
import { RowButtons } from "./RowButtons";

/** The lines of one terminal and reason as they came; those of one PIN are one row. */
export function HeldLines({ serial, reason }: { serial: string; reason: Reason }) {
  const { t, language } = useWords();
  const { person } = usePerson();
  const lines = useQuery(heldLinesQuery(serial, reason));
  const [doing, setDoing] = useState<{ key: string; action: Action } | null>(null);
  if (lines.data === undefined) {
    return lines.error !== null ? <Failure error={lines.error} retry={lines.refetch} /> : <Waiting rows={4} />;
  }
  const mayAct = person.roles.some((role) => role === "operator" || role === "bkpsdm");
  const rows = reason === "unknown_pin" ? byPin(lines.data.items) : lines.data.items.map((line) => [line]);
  return (
    <ul className={classes.lines}>
      {rows.map((row) => {
        const [first] = row as [HeldLine, ...HeldLine[]];
        return (
          <li key={first.id}>
            <div className={classes.line}>
              <code title={first.line}>{reason === "unknown_pin" ? `PIN ${first.pin}` : first.line}</code>
              <span className="quiet">
                {reason === "unknown_pin"
                  ? t("terminals.lines", { count: row.length, number: integer(row.length, language) })
                  : first.problem}
              </span>
              {mayAct && (
                <RowButtons
                  actions={actionsFor(reason)}
                  choose={(action) => setDoing({ key: first.id, action })}
                  active={doing?.key === first.id ? doing.action : null}
                />
              )}
            </div>
            {doing?.key === first.id && <LineForm lines={row} action={doing.action} close={() => setDoing(null)} />}
          </li>
        );
      })}
    </ul>
  );
}
