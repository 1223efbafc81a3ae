import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { reportsQuery, type SuperiorReport, type SuperiorReportState } from "../api/directory";
import { day, localDate } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import classes from "../states/queue.module.css";
import { Waiting } from "../states/Waiting";
import { Answer } from "./Answer";

const STATES: SuperiorReportState[] = ["open", "mended", "refused"];

/** The personnel agency's queue of reports that the directory names the wrong superior, the oldest first. */
export function QueuePage() {
  const { t } = useWords();
  const [state, setState] = useState<SuperiorReportState>("open");
  const reports = useQuery(reportsQuery(state));
  const heading = useTitle(t("queue.title"), "superiors", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("queue.title")}
      </h1>
      <SegmentedControl
        aria-label={t("queue.filter")}
        value={state}
        onChange={(chosen) => setState(chosen as SuperiorReportState)}
        data={STATES.map((one) => ({ value: one, label: t(`queue.${one}`) }))}
      />
      {reports.data === undefined ? (
        reports.error !== null ? (
          <Failure error={reports.error} retry={reports.refetch} />
        ) : (
          <Waiting rows={5} height={32} />
        )
      ) : reports.data.items.length === 0 ? (
        <Notice title={t("queue.empty")}>
          <p>{t("queue.emptyText")}</p>
        </Notice>
      ) : (
        <ul className={classes.queue}>
          {reports.data.items.map((report) => (
            <Row key={report.id} report={report} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ report }: { report: SuperiorReport }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const [answering, setAnswering] = useState<"mended" | "refused" | null>(null);
  return (
    <li>
      <h2>{report.employee.name}</h2>
      <p className="quiet">
        {t("queue.reported", { date: day(localDate(report.reported_at, zone), language) })} ·{" "}
        {t("queue.recorded", { name: report.superior?.name ?? t("record.noSuperior") })}
      </p>
      <p>{report.reason}</p>
      {report.answer !== null && report.answer !== undefined && (
        <p>
          <span className="quiet">{t("queue.answered")}</span> {report.answer}
        </p>
      )}
      {report.state === "open" && <Answer report={report} answering={answering} setAnswering={setAnswering} />}
    </li>
  );
}
