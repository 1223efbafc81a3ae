import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { directoryKeys, type SuperiorReport as Report, reportSuperior } from "../api/directory";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { WordsForm } from "../states/WordsForm";
import classes from "./mine.module.css";

/** "My superior is wrong": the state of the last report, or a form for a new one. */
export function SuperiorReport(props: { employeeId: string; last: Report | null; ready: boolean }) {
  const { t } = useWords();
  const [writing, setWriting] = useState(false);
  const { last, ready, employeeId } = props;
  return (
    <div className={classes.report}>
      {last !== null && <LastReport report={last} />}
      {ready && last?.state !== "open" && !writing && (
        <Button variant="default" onClick={() => setWriting(true)}>
          {t("superior.wrong")}
        </Button>
      )}
      {writing && <Form employeeId={employeeId} close={() => setWriting(false)} />}
    </div>
  );
}

function LastReport({ report }: { report: Report }) {
  const { t } = useWords();
  return (
    <p role="status">
      <Glyph shape={report.state === "open" ? "waiting" : "full"} size={14} /> {t(`superior.${report.state}`)}
      {report.answer !== null && report.answer !== undefined && <span className="quiet"> {report.answer}</span>}
    </p>
  );
}

function Form({ employeeId, close }: { employeeId: string; close: () => void }) {
  const { t } = useWords();
  const key = useRef(crypto.randomUUID());
  return (
    <WordsForm
      title={t("superior.wrong")}
      heading
      label={t("superior.reason")}
      hint={t("superior.reasonHint")}
      submit={t("superior.send")}
      send={(reason) => reportSuperior(employeeId, reason, key.current)}
      changed={[directoryKeys.reportsOf(employeeId)]}
      close={close}
    />
  );
}
