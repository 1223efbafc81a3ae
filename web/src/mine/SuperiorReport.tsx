import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { directoryKeys, type SuperiorReport as Report, reportSuperior } from "../api/directory";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { Glyph } from "../states/Glyph";
import classes from "./mine.module.css";

const LEAST = 5;

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
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const key = useRef(crypto.randomUUID());
  const short = reason.trim().length < LEAST;
  const sending = useMutation({
    mutationFn: () => reportSuperior(employeeId, reason.trim(), key.current),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: directoryKeys.reportsOf(employeeId) });
      close();
    },
  });
  return (
    <CommandForm
      label={t("superior.wrong")}
      lacking={short}
      command={sending}
      submit={t("superior.send")}
      close={close}
      fields={(tried) => (
        <>
          <h3>{t("superior.wrong")}</h3>
          <Textarea
            label={t("superior.reason")}
            description={t("superior.reasonHint")}
            error={tried && short ? t("superior.tooShort") : null}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={1000}
            autosize
            minRows={3}
            data-autofocus
          />
        </>
      )}
    />
  );
}
