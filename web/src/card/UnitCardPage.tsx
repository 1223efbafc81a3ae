import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { unitCardQuery, unitTrendQuery } from "../api/queries";
import type { UnitCard } from "../api/types";
import { integer, stars } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { href, periodParts } from "../shell/address";
import { PeriodPicker } from "../shell/PeriodPicker";
import type { Period } from "../shell/period";
import { UnitPicker } from "../shell/UnitPicker";
import { usePeriod } from "../shell/usePeriod";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Banner } from "../states/Banner";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { AttentionList } from "./AttentionList";
import classes from "./card.module.css";
import { Figure } from "./Figure";
import { Fresh } from "./Fresh";
import { barOf, daysOf, trendOf } from "./figures";
import { OtherFigures } from "./OtherFigures";
import { ServedFigure } from "./RatingFigure";
import { Services } from "./Services";
import { SpreadFigure } from "./SpreadFigure";
import { TrendFigure } from "./TrendFigure";
import { useCardsMoving } from "./useCardsMoving";
import { WorkFigure } from "./WorkFigure";

export const UNIT_CARD = "/kinerja-unit";
/** A unit with everything below it over a period: what it comes to, each unit below, day by day. */
export function UnitCardPage() {
  const { t } = useWords();
  const { place, search, replace } = usePlace();
  const today = useToday();
  const { period } = usePeriod(today);
  const to = (unit: string | null, chosen = period) => href(UNIT_CARD, { unit, ...periodParts(chosen, today) }, search);
  const found = useQuery(unitCardQuery(place.unit, period.from, period.to));
  const { data } = found;
  const start = data === undefined ? null : { date: today, position: data.freshness.position ?? null };
  const view = useCardsMoving(place.unit, start);
  const heading = useTitle(data?.unit.name ?? t("nav.unitCard"), place.unit ?? "root", data !== undefined);
  return (
    <div className={classes.page}>
      {data !== undefined && (
        <Banner
          status={view.status}
          since={view.since}
          reconnect={view.reconnect}
          freshness={data.freshness}
          refreshFailed={found.isRefetchError}
        />
      )}
      <div>
        {data !== undefined && data.unit.path.length > 0 && (
          <nav className={classes.trail} aria-label={t("board.trail")}>
            {data.unit.path.map((above) => (
              <Link key={above.id} href={to(above.id)}>
                {above.name}
              </Link>
            ))}
          </nav>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {data?.unit.name ?? t("nav.unitCard")}
        </h1>
        <Link href={href("/", { unit: place.unit, view: "people" }, search)}>{t("card.people")}</Link>
      </div>
      <div className={classes.filters}>
        <UnitPicker
          label={t("employees.unit")}
          none={t("card.wholeAgency")}
          value={place.unit}
          choose={(unit) => replace(to(unit))}
        />
        <PeriodPicker period={period} latest={today} change={(chosen) => replace(to(place.unit, chosen))} />
      </div>
      {data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={8} />
        )
      ) : (
        <div className={classes.body} aria-busy={found.isPlaceholderData}>
          <Fresh freshness={data.freshness} lacking={data.completeness.incomplete_employees} />
          <Content card={data} period={period} today={today} to={to} />
        </div>
      )}
    </div>
  );
}

function Content(props: { card: UnitCard; period: Period; today: string; to: (unit: string) => string }) {
  const { card, period, today, to } = props;
  const { t, language } = useWords();
  const { figures, before } = card;
  const { work } = figures;
  const byDate = new Map(card.days.map((one) => [one.date, one]));
  const table = () => ({
    head: (["day", "present", "active", "claimed", "effective", "entries", "ratings"] as const).map((one) =>
      t(`card.${one}`),
    ),
    rows: card.days.map((one) => [
      one.date,
      one.present,
      one.people_with_activity,
      one.work.minutes,
      one.work.effective_minutes,
      one.work.entries,
      one.ratings,
    ]),
  });
  return (
    <>
      <dl className={classes.figures}>
        <Figure name={t("card.personDays")} value={figures.days_present} before={before.days_present} testid="present">
          <span>{t("card.ofPeople", { number: integer(card.people, language) })}</span>
        </Figure>
        <Figure
          name={t("card.effectiveMinutes")}
          value={work.effective_minutes}
          before={before.work.effective_minutes}
          testid="effective"
        />
        <Figure name={t("card.activities")} value={work.entries} before={before.work.entries} testid="entries">
          <span>{t("card.validatedOf", { validated: work.validated, waiting: work.waiting })}</span>
        </Figure>
        <Figure
          name={t("card.notesGiven")}
          value={figures.notes.given + figures.notes.praise_given}
          before={before.notes.given + before.notes.praise_given}
        />
        {figures.served != null && <ServedFigure served={figures.served} />}
        <OtherFigures now={figures} before={before} />
      </dl>
      <WorkFigure
        title={t("card.minutes")}
        file={`${t("card.file")}-${card.unit.id}-${period.from}`}
        bars={daysOf(period, today).map((date) => barOf(date, byDate.get(date)?.work ?? null))}
        taken={table}
      >
        <Days card={card} />
      </WorkFigure>
      <Past unit={card.unit.id} period={period} />
      <SpreadFigure unit={card.unit.id} period={period} />
      <Services services={card.services} />
      {card.children.length > 0 && <Children card={card} to={to} />}
      <AttentionList unit={card.unit.id} period={period} today={today} />
    </>
  );
}

function Past({ unit, period }: { unit: string; period: Period }) {
  const { t } = useWords();
  const { by, to } = trendOf(period);
  return (
    <TrendFigure found={useQuery(unitTrendQuery(unit, by, to))} by={by} file={`${t("trend.file")}-${unit}-${to}`} />
  );
}

function Days({ card }: { card: UnitCard }) {
  const { t, language } = useWords();
  return (
    <table className={classes.table}>
      <caption className="hidden">{t("card.minutes")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("card.day")}</th>
          {(["present", "active", "claimed", "effective"] as const).map((one) => (
            <th key={one} scope="col" data-number>
              {t(`card.${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...card.days].reverse().map((one) => (
          <tr key={one.date}>
            <th scope="row">{day(one.date, language)}</th>
            {[one.present, one.people_with_activity, one.work.minutes, one.work.effective_minutes].map((value, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: four columns that never move
              <td key={at} data-number>
                {integer(value, language)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Children({ card, to }: { card: UnitCard; to: (unit: string) => string }) {
  const { t, language } = useWords();
  return (
    <section>
      <h2>{t("card.below")}</h2>
      <table className={classes.table}>
        <caption className="hidden">{t("card.below")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("units.unit")}</th>
            <th scope="col" data-number>
              {t("units.expected")}
            </th>
            <th scope="col" data-number>
              {t("card.personDays")}
            </th>
            <th scope="col" data-number>
              {t("card.effective")}
            </th>
            <th scope="col" data-number>
              {t("card.waiting")}
            </th>
            <th scope="col" data-number>
              {t("card.ratings")}
            </th>
          </tr>
        </thead>
        <tbody>
          {card.children.map(({ unit, people, figures }) => (
            <tr key={unit.id}>
              <th scope="row">
                <Link href={to(unit.id)}>{unit.name}</Link>
              </th>
              <td data-number>{integer(people, language)}</td>
              <td data-number>{integer(figures.days_present, language)}</td>
              <td data-number>{integer(figures.work.effective_minutes, language)}</td>
              <td data-number>{integer(figures.work.waiting, language)}</td>
              <td data-number>{figures.served?.mean != null ? stars(figures.served.mean, language) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
