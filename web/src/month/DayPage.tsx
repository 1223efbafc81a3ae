import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { isMissing } from "../api/client";
import { type ExplainedDay, explainedQuery } from "../api/days";
import { day as dayWords, isDay, month, shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { NotFound } from "../shell/NotFound";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Banner } from "../states/Banner";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { dayOf, monthOf } from "./address";
import { DayPunches } from "./DayPunches";
import { KnownUntil } from "./KnownUntil";
import { Leading } from "./Leading";
import { leadOf } from "./lead";
import classes from "./month.module.css";
import { Required } from "./Required";
import { Steps } from "./Steps";
import { TerminalsComplete } from "./TerminalsComplete";
import { useDaysMoving } from "./useDaysMoving";
import { useNames } from "./useNames";
import { useWhose } from "./useWhose";

/** One day of one person, explained to the punch and the article. */
export function DayPage({ id, date }: { id: string; date: string }) {
  return isDay(date) ? <DayOf key={`${id} ${date}`} employeeId={id} date={date} /> : <NotFound />;
}

function DayOf({ employeeId, date }: { employeeId: string; date: string }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const today = useToday();
  // A shift that began yesterday may still be on.
  const found = useQuery(explainedQuery(employeeId, date, date >= shiftDay(today, -1)));
  const { data } = found;
  const view = useDaysMoving(employeeId, today);
  const { own, name } = useWhose(employeeId);
  const heading = useTitle(dayWords(date, language), `day ${employeeId} ${date}`, true);
  const next = shiftDay(date, 1);
  return (
    <div className={classes.day}>
      {data !== undefined && (
        <Banner
          status={view.status}
          since={view.since}
          reconnect={view.reconnect}
          freshness={{ as_of: data.known_until, complete_to: data.known_until, lagging_sources: [] }}
          refreshFailed={found.isRefetchError}
        />
      )}
      <nav className={classes.trail} aria-label={t("explain.around")}>
        <Link href={monthOf(employeeId, search, date, today)}>{month(date, language)}</Link>
        <Link href={dayOf(employeeId, shiftDay(date, -1), search)}>‹ {t("day.previous")}</Link>
        {next <= shiftDay(today, 1) && <Link href={dayOf(employeeId, next, search)}>{t("day.next")} ›</Link>}
      </nav>
      <div>
        {!own && name !== null && <p className="quiet">{name}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {dayWords(date, language)}
        </h1>
      </div>
      {data !== undefined ? (
        <Explained found={data} who={own ? t("explain.you") : (name ?? t("explain.somebody"))} own={own} />
      ) : found.error === null ? (
        <Waiting rows={8} />
      ) : isMissing(found.error) ? (
        <Notice title={t("explain.none")}>
          <p>{t("explain.noneText")}</p>
        </Notice>
      ) : (
        <Failure error={found.error} retry={found.refetch} />
      )}
    </div>
  );
}

function Explained({ found, who, own }: { found: ExplainedDay; who: string; own: boolean }) {
  const { t, language } = useWords();
  const { day } = found;
  const names = useNames(day);
  const telling = { t, language, date: day.day, zone: day.zone, names };
  return (
    <>
      <Leading leads={leadOf(day, who, telling)} />
      {day.missing.length > 0 && (
        <ul className={classes.missing}>
          {day.missing.map((one) => (
            <li key={one}>
              <Glyph shape="waiting" /> {t(`dayMissing.${one}`)}
            </li>
          ))}
        </ul>
      )}
      {own && (
        <p>
          <Link href={`/koreksi/baru?date=${day.day}`}>{t("explain.correct")}</Link>
        </p>
      )}
      <Required day={day} telling={telling} />
      <DayPunches found={found} telling={telling} />
      <Steps day={day} telling={telling} />
      <div className={classes.foot}>
        <KnownUntil at={found.known_until} zone={day.zone} />
        <TerminalsComplete site={found.terminals} zone={day.zone} />
        <p className="quiet">{t("explain.version", { version: found.version })}</p>
      </div>
    </>
  );
}
