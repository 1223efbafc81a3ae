import { Button } from "@mantine/core";
import { useState } from "react";
import { type Correction, correctionKeys, revokeCorrection } from "../api/corrections";
import { dayKeys } from "../api/days";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { WordsForm } from "../states/WordsForm";
import classes from "./corrections.module.css";
import { Proof } from "./Proof";
import { StatusWord } from "./StatusWord";
import { Steps } from "./Steps";
import { useClaimed } from "./useClaimed";

/** A correction that was decided. The personnel agency takes an approved one back; nobody the own one. */
export function DecidedRow({ row, name }: { row: Correction; name: string }) {
  const { t, language } = useWords();
  const { person } = usePerson();
  const claimed = useClaimed();
  // As it was when the form was opened: a newer version that comes meanwhile must not be revoked unseen.
  const [revoking, setRevoking] = useState<Correction | null>(null);
  const word = t("correction.revoke");
  return (
    <li data-row={row.id}>
      <div className={classes.head}>
        <StatusWord status={row.status} />
        <span className="quiet">{day(row.date, language)}</span>
      </div>
      <h2>{name}</h2>
      <p>
        <strong>{claimed(row)}</strong>
      </p>
      <p>{row.reason}</p>
      <Proof correction={row} />
      <Steps steps={row.steps} zone={row.zone} />
      {row.status === "approved" &&
        person.roles.includes("bkpsdm") &&
        (revoking === null ? (
          <div className={classes.buttons}>
            <Button
              variant="default"
              aria-label={`${word}: ${name}, ${claimed(row)}, ${day(row.date, language)}`}
              onClick={() => setRevoking(row)}
            >
              {word}
            </Button>
          </div>
        ) : (
          <WordsForm
            title={word}
            label={t("correction.decisionReason")}
            hint={t("correction.revokeHint")}
            submit={t("correction.revokeNow")}
            send={(words) => revokeCorrection(revoking, words)}
            changed={[correctionKeys.queue, correctionKeys.own(row.employee_id), dayKeys.of(row.employee_id)]}
            close={() => setRevoking(null)}
          />
        ))}
    </li>
  );
}
