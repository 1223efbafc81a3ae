import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type Ladder, ladderQuery } from "../api/discipline";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { dayOf } from "../month/address";
import { useWhose } from "../month/useWhose";
import { usePerson } from "../session/useSession";
import { NotFound } from "../shell/NotFound";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { CaseItem } from "./CaseItem";
import { Days } from "./Days";
import classes from "./discipline.module.css";
import { Rungs } from "./Rungs";
import { sanctionWord } from "./sanctions";

/** Where somebody stands on the ladder of PP 94/2021, oneself where nobody is named. */
export function LadderPage({ id }: { id: string | null }) {
  const { person } = usePerson();
  const whose = id ?? person.employeeId;
  return whose === null ? <NotFound /> : <LadderOf key={whose} employeeId={whose} />;
}

function LadderOf({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const found = useQuery(ladderQuery(employeeId));
  const { own, name } = useWhose(employeeId);
  const heading = useTitle(t(own ? "discipline.mine" : "discipline.title"), `ladder ${employeeId}`, true);
  return (
    <div className={classes.page}>
      <div>
        {!own && name !== null && <p className="quiet">{name}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {t(own ? "discipline.mine" : "discipline.title")}
        </h1>
      </div>
      {found.data !== undefined ? (
        <Standing ladder={found.data} />
      ) : found.error !== null ? (
        <Failure top error={found.error} retry={found.refetch} />
      ) : (
        <Waiting rows={6} height={40} />
      )}
    </div>
  );
}

function Standing({ ladder }: { ladder: Ladder }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const number = (value: number) => integer(value, language);
  const next = ladder.steps.find(({ from_days }) => from_days === ladder.next_at);
  const holding = ladder.warnings.filter(({ ended_at }) => ended_at === null);
  return (
    <>
      <section className={classes.lead} data-near={ladder.near || undefined} data-testid="standing">
        <p>
          <strong>
            {t("discipline.days", { number: number(ladder.days), count: ladder.days, year: ladder.year })}
          </strong>
        </p>
        {next !== undefined && (
          <p>
            {t("discipline.next", {
              number: number(next.from_days - ladder.days),
              count: next.from_days - ladder.days,
              sanction: sanctionWord(next.sanction, t),
              article: next.article,
            })}
          </p>
        )}
        {holding.map((one) => (
          <p key={one.key} data-warning={one.key}>
            <Glyph shape="warning" />{" "}
            {one.key === "streak"
              ? t("discipline.warnStreak", { number: number(ladder.running), of: number(one.from_days) })
              : t("discipline.warn", { sanction: sanctionWord(one.sanction, t), article: one.article })}
          </p>
        ))}
        {ladder.minutes > 0 && (
          <p className="quiet">
            {ladder.minutes_per_absence_day === null
              ? t("discipline.minutesOnly", { minutes: number(ladder.minutes) })
              : t("discipline.minutesMade", {
                  minutes: number(ladder.minutes),
                  days: number(ladder.days - ladder.absent),
                  per: number(ladder.minutes_per_absence_day),
                  rest: number(ladder.remainder),
                })}
          </p>
        )}
        <p className="quiet">{t("discipline.indication")}</p>
      </section>
      <div className={classes.columns}>
        <section>
          <h2>{t("discipline.counted")}</h2>
          {ladder.counted.length === 0 ? (
            <Notice small title={t("discipline.none")}>
              <p>{t("discipline.noneText")}</p>
            </Notice>
          ) : (
            <Days employeeId={ladder.employee_id} days={ladder.counted} />
          )}
          {ladder.unresolved.length > 0 && (
            <>
              <h2>{t("discipline.unresolved")}</h2>
              <ul className={`${classes.list} ${classes.days}`}>
                {ladder.unresolved.map((one) => (
                  <li key={one.day}>
                    <Link href={dayOf(ladder.employee_id, one.day, search)}>{day(one.day, language)}</Link>
                    <span className="quiet">{one.missing.map((why) => t(`discipline.missing.${why}`)).join(", ")}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section>
          <h2>{t("discipline.ladder")}</h2>
          <Rungs ladder={ladder} />
        </section>
      </div>
      {ladder.cases.length > 0 && (
        <section>
          <h2>{t("discipline.cases")}</h2>
          <ul className={classes.list}>
            {ladder.cases.map((one) => (
              <CaseItem key={one.id} row={one} name={null} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
