import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { heldSummaryQuery } from "../api/attendance";
import { freshnessQuery } from "../api/freshness";
import { openFindingsQuery } from "../api/integrity";
import { devicesQuery } from "../api/queries";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { Alarms } from "./Alarms";
import { alarmsOf } from "./alarms";
import { Fleet } from "./Fleet";
import classes from "./freshness.module.css";
import { Tasks } from "./Tasks";
import { ViewsTable } from "./ViewsTable";

/** The operator's home: what needs a person first, then how everything is. */
export function OperatorPage() {
  const { t } = useWords();
  const { search } = usePlace();
  const devices = useQuery(devicesQuery());
  const fresh = useQuery(freshnessQuery());
  const held = useQuery(heldSummaryQuery());
  const findings = useQuery(openFindingsQuery());
  const heading = useTitle(t("operator.title"), "operator", true);
  const asked = [
    { source: "reporting" as const, error: devices.error ?? fresh.error },
    { source: "attendance" as const, error: held.error ?? findings.error },
  ];
  const missing = asked.filter(({ error }) => error !== null).map(({ source }) => source);
  const lines = held.data?.groups.reduce((sum, group) => sum + group.count, 0) ?? null;
  const known = [devices, fresh, held, findings].every(({ data }) => data !== undefined);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("operator.title")}
      </h1>
      {!known && missing.length === 0 ? (
        <Waiting rows={8} height={28} />
      ) : (
        <Alarms
          missing={missing}
          alarms={alarmsOf({
            devices: devices.data?.items ?? null,
            views: fresh.data?.views ?? null,
            brokerAnswers: fresh.data?.broker_answers ?? true,
            heldLines: lines,
            findings: findings.data?.open ?? null,
          })}
        />
      )}
      {devices.data !== undefined && <Fleet totals={devices.data.totals} />}
      <section className={classes.section}>
        <h2>{t("fresh.title")}</h2>
        {fresh.data === undefined ? (
          fresh.error !== null && <Failure error={fresh.error} retry={fresh.refetch} />
        ) : (
          <ViewsTable views={fresh.data.views} />
        )}
        <Link className={classes.more} href={href("/kesegaran", {}, search)}>
          {t("operator.partitions")}
        </Link>
      </section>
      <Tasks heldLines={lines} views={fresh.data?.views ?? null} />
    </div>
  );
}
