import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "wouter";
import { isRefused } from "../api/client";
import { addProof, askCorrection, correctionKeys, type Correction as Row } from "../api/corrections";
import { attached } from "../evidence/attach";
import { ChooseFiles } from "../evidence/ChooseFiles";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { NotFound } from "../shell/NotFound";
import { EARLIEST, isShown } from "../shell/period";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors, Refusal } from "../states/Refusal";
import { Correction } from "./Correction";
import { CorrectionFields } from "./CorrectionFields";
import classes from "./corrections.module.css";
import { claimOf, type Draft, EMPTY, FIELDS, lacking } from "./draft";

/** A correction is asked for: of the date in the address, `/koreksi/baru?date=2026-06-01`, or of today. */
export function NewCorrectionPage() {
  const { t } = useWords();
  const { person } = usePerson();
  const { place } = usePlace();
  const today = useToday();
  const [made, setMade] = useState<{ row: Row; unsent: Error | null } | null>(null);
  const heading = useTitle(t("correction.newTitle"), "correction-new", true);
  if (person.employeeId === null) return <NotFound />;
  const asked = place.date !== null && place.date <= today ? place.date : today;
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("correction.newTitle")}
      </h1>
      {made === null ? (
        <>
          <p className="quiet">{t("correction.why")}</p>
          <Form
            employeeId={person.employeeId}
            date={asked}
            today={today}
            sent={(row, unsent) => setMade({ row, unsent })}
          />
        </>
      ) : (
        <>
          <p role="status">{t("correction.sent")}</p>
          {made.unsent !== null && (
            <>
              <p>{t("correction.evidenceUnsent")}</p>
              <Refusal error={made.unsent} />
            </>
          )}
          <ul className={classes.list}>
            <Correction row={made.row} changed={(row) => row !== null && setMade({ row, unsent: null })} />
          </ul>
          <div className={classes.buttons}>
            <Button component={Link} href={`/koreksi?from=${made.row.date}`}>
              {t("correction.seeOwn")}
            </Button>
            <Button variant="default" onClick={() => setMade(null)}>
              {t("correction.askAgain")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function Form(props: {
  employeeId: string;
  date: string;
  today: string;
  sent: (row: Row, unsent: Error | null) => void;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  const { employeeId, today, sent } = props;
  const [date, setDate] = useState(props.date);
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [files, setFiles] = useState<File[]>([]);
  const key = useRef(crypto.randomUUID());
  const whole = isShown(date) && date <= today;
  const sending = useMutation({
    mutationFn: async () =>
      attached(await askCorrection(employeeId, { ...claimOf(draft), date }, key.current), files, addProof),
    onSuccess: async ({ row, unsent }) => {
      await client.invalidateQueries({ queryKey: correctionKeys.own(employeeId) });
      sent(row, unsent);
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID(); // what is mended is another command
    },
  });
  const told = fieldErrors(sending.error);
  return (
    <CommandForm
      label={t("correction.newTitle")}
      lacking={!whole || lacking(draft).length > 0}
      command={sending}
      submit={t("correction.send")}
      told={FIELDS}
      fields={(tried) => (
        <>
          <TextInput
            type="date"
            label={t("correction.date")}
            description={t("correction.dateHint")}
            min={EARLIEST}
            max={today}
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
            error={tried && !whole ? t("correctionMissing.date") : (told.date ?? null)}
          />
          <CorrectionFields draft={draft} set={setDraft} tried={tried} told={told} />
          <fieldset className={classes.group}>
            <legend>{t("correction.evidence")}</legend>
            <p className="quiet">{t("correction.evidenceHint")}</p>
            <ChooseFiles files={files} set={setFiles} />
          </fieldset>
        </>
      )}
    />
  );
}
