import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { isMissing } from "../api/client";
import { decisionsQuery, type Outage, outageQuery } from "../api/outages";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { NotFound } from "../shell/NotFound";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { Cases } from "./Cases";
import { History } from "./History";
import classes from "./outages.module.css";
import { useOutageWords } from "./useOutageWords";

/** One outage: its evidence, whom it may concern, the decision and what was decided before. */
export function OutagePage({ id }: { id: string }) {
  const { t } = useWords();
  const { person } = usePerson();
  const words = useOutageWords();
  const personnel = person.roles.includes("bkpsdm") || person.roles.includes("auditor");
  const decisions = useQuery({ ...decisionsQuery(id), enabled: personnel });
  const running = decisions.data?.items.some((one) => one.running) === true;
  const found = useQuery(outageQuery(id, running));
  const title = found.data === undefined ? t("outage.title") : words.where(found.data);
  const heading = useTitle(title, `outage ${id}`, true);
  if (isMissing(found.error)) return <NotFound />;
  return (
    <div className={classes.page}>
      <p>
        <Link href="/gangguan">‹ {t("outage.back")}</Link>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={40} />
        )
      ) : (
        <>
          <p role="status">
            <strong>{words.waiting(found.data)}</strong>
          </p>
          {found.data.healed && <p>{t("outage.healed")}</p>}
          {found.data.marking && <p className="quiet">{t("outage.marking")}</p>}
          <h2>{t("outage.evidence")}</h2>
          <Facts outage={found.data} />
          {personnel && (
            <>
              <Cases outage={found.data} running={running} />
              <History decisions={decisions.data?.items ?? []} zone={found.data.zone} />
            </>
          )}
        </>
      )}
    </div>
  );
}

function Facts({ outage }: { outage: Outage }) {
  const { t } = useWords();
  const words = useOutageWords();
  const facts: [string, string][] = [
    [t("outage.where"), `${words.where(outage)} · ${t(`outageScope.${outage.scope}`)}`],
    [t("outage.time"), words.period(outage)],
    [t("outage.signal"), `${t(`outageSignal.${outage.signal}`)}. ${outage.detail}.`],
    [t("outage.reason"), outage.reason],
    [t("outage.evidenceField"), outage.evidence],
    [t("outage.marked"), words.number(outage.marked)],
    [t("outage.rule"), outage.rule],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, said]) => said !== "")
        .map(([name, said]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{said}</dd>
          </div>
        ))}
    </dl>
  );
}
