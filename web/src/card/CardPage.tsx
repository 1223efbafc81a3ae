import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { cardQuery, trendQuery } from "../api/queries";
import type { Card } from "../api/types";
import { useWords } from "../i18n";
import { monthOf } from "../month/address";
import { GiveFeedback } from "../notes/GiveFeedback";
import { useLed } from "../notes/useLed";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { NotFound } from "../shell/NotFound";
import { PeriodPicker } from "../shell/PeriodPicker";
import type { Period } from "../shell/period";
import { usePeriod } from "../shell/usePeriod";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Banner } from "../states/Banner";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { instantCells } from "../tables/csv";
import classes from "./card.module.css";
import { DayTable } from "./DayTable";
import { Figure } from "./Figure";
import { Fresh } from "./Fresh";
import { barOf, filled, ofNorm, trendOf } from "./figures";
import { Norm } from "./Norm";
import { OtherFigures } from "./OtherFigures";
import { RatedFigure } from "./RatingFigure";
import { TrendFigure } from "./TrendFigure";
import { useCardsMoving } from "./useCardsMoving";
import { WorkFigure } from "./WorkFigure";

/** The performance card of one person, one's own where none is named. */
export function CardPage({ id }: { id: string | null }) {
  const { person } = usePerson();
  const whose = id ?? person.employeeId;
  return whose === null ? <NotFound /> : <CardOf key={whose} employeeId={whose} />;
}

function CardOf({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const { person } = usePerson();
  const { search } = usePlace();
  const today = useToday();
  const { period, change } = usePeriod(today);
  const found = useQuery(cardQuery(employeeId, period.from, period.to));
  const { data } = found;
  const start = data === undefined ? null : { date: today, position: data.freshness.position ?? null };
  const view = useCardsMoving(null, start, (one) => one === employeeId);
  const led = useLed().some(({ id }) => id === employeeId);
  const heading = useTitle(data?.name ?? t("nav.card"), employeeId, data !== undefined);
  if (data === undefined) {
    return found.error !== null ? <Failure page error={found.error} retry={found.refetch} /> : <Waiting rows={8} />;
  }
  return (
    <div className={classes.page}>
      <Banner
        status={view.status}
        since={view.since}
        reconnect={view.reconnect}
        freshness={data.freshness}
        refreshFailed={found.isRefetchError}
      />
      <div className={classes.whose}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {data.name}
          </h1>
          <p className="quiet">{[data.post_title, data.unit?.name].filter(Boolean).join(" · ")}</p>
          <p className={classes.trail}>
            {employeeId !== person.employeeId && <Link href={`/pegawai/${employeeId}`}>{t("card.record")}</Link>}
            <Link href={monthOf(employeeId, search, period.from, today)}>{t("month.title")}</Link>
          </p>
        </div>
        {led && <GiveFeedback employee={{ id: employeeId, name: data.name ?? t("notes.nobody") }} />}
      </div>
      <PeriodPicker period={period} latest={today} change={change} />
      <Fresh freshness={data.freshness} lacking={data.incomplete.length} />
      <div className={classes.body} aria-busy={found.isPlaceholderData}>
        <Content card={data} period={period} today={today} />
      </div>
    </div>
  );
}

function Content({ card, period, today }: { card: Card; period: Period; today: string }) {
  const { t } = useWords();
  const { zone } = useAgency();
  const { figures, before } = card;
  const { work, validating, notes } = figures;
  const superior = validating.decided + validating.became_overdue + before.validating.decided + notes.given > 0;
  const days = filled(card.days, period, today);
  const share = ofNorm(figures, card.month_norm_minutes, period.span);
  const table = () => ({
    head: (["day", "in", "zone", "out", "zone", "claimed", "effective", "entries"] as const).map((one) =>
      t(`card.${one}`),
    ),
    rows: days.map((one) => [
      one.date,
      ...instantCells(one.first_at, one.first_site?.zone ?? zone),
      ...instantCells(one.last_at, one.first_site?.zone ?? zone),
      one.work?.minutes,
      one.work?.effective_minutes,
      one.work?.entries,
    ]),
  });
  if (card.days.length === 0 && before.days_present + before.days_with_activity === 0) {
    return (
      <Notice title={t("card.none")}>
        <p>{t("card.noneText")}</p>
      </Notice>
    );
  }
  return (
    <>
      <dl className={classes.figures}>
        <Figure
          name={t("card.daysPresent")}
          value={figures.days_present}
          before={before.days_present}
          testid="present"
        />
        <Figure
          name={t("card.effectiveMinutes")}
          value={work.effective_minutes}
          before={before.work.effective_minutes}
          testid="effective"
        >
          {share !== null && <Norm share={share} norm={card.month_norm_minutes ?? 0} />}
        </Figure>
        <Figure name={t("card.activities")} value={work.entries} before={before.work.entries} testid="entries">
          <span>{t("card.validatedOf", { validated: work.validated, waiting: work.waiting })}</span>
        </Figure>
        {superior && (
          <Figure name={t("card.validating")} value={validating.decided} before={before.validating.decided}>
            <span>{t("card.validatingOf", { late: validating.late, overdue: validating.became_overdue })}</span>
          </Figure>
        )}
        <Figure
          name={t("card.notesReceived")}
          value={notes.received + notes.praise_received}
          before={before.notes.received + before.notes.praise_received}
          testid="notes-received"
        >
          <span>{t("card.notesOf", { feedback: notes.received, praise: notes.praise_received })}</span>
        </Figure>
        {superior && (
          <Figure name={t("card.notesToTeam")} value={notes.given} before={before.notes.given} testid="notes-given" />
        )}
        <RatedFigure rated={figures.rated} />
        <OtherFigures now={figures} before={before} />
      </dl>
      <WorkFigure
        title={t("card.minutes")}
        file={`${t("card.file")}-${period.from}`}
        bars={days.map((one) => barOf(one.date, one.work))}
        taken={table}
      >
        <DayTable days={days} employeeId={card.employee_id} title={t("card.minutes")} />
      </WorkFigure>
      <Past employeeId={card.employee_id} period={period} />
    </>
  );
}

function Past({ employeeId, period }: { employeeId: string; period: Period }) {
  const { t } = useWords();
  const { by, to } = trendOf(period);
  return <TrendFigure found={useQuery(trendQuery(employeeId, by, to))} by={by} file={`${t("trend.file")}-${to}`} />;
}
