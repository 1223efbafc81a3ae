import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type Case, caseQuery } from "../api/discipline";
import { integer } from "../format/number";
import { day, dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { href } from "../shell/address";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Waiting } from "../states/Waiting";
import { Acting } from "./Acting";
import { CaseWord } from "./CaseWord";
import { Days } from "./Days";
import classes from "./discipline.module.css";
import { sanctionWord } from "./sanctions";

/** One case: what is indicated, the evidence, who examines and by when, and what was decided. */
export function CasePage({ id }: { id: string }) {
  const { t } = useWords();
  const found = useQuery(caseQuery(id));
  const heading = useTitle(t("discipline.case"), `case ${id}`, true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("discipline.case")}
      </h1>
      {found.data !== undefined ? (
        <Found found={found.data} />
      ) : found.error !== null ? (
        <Failure top error={found.error} retry={found.refetch} />
      ) : (
        <Waiting rows={8} height={28} />
      )}
    </div>
  );
}

function Found({ found }: { found: Case }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const names = useNames([found.employee_id, ...found.team]);
  const lasting = (on: string) => day(on, language);
  return (
    <>
      <section className={classes.lead} data-status={found.status}>
        <p>
          <Link href={href(`/disiplin/${encodeURIComponent(found.employee_id)}`, {}, search)}>
            {names(found.employee_id)}
          </Link>
        </p>
        <p>
          <strong>{sanctionWord(found.sanction, t)}</strong>
        </p>
        <p>
          {t(`disciplineLevel.${found.level}`)}, {found.article}
        </p>
        {found.interim !== null && (
          <p className="quiet">{t("discipline.interim", { sanction: sanctionWord(found.interim, t) })}</p>
        )}
        {found.salary_stops && <p>{t("discipline.salaryStops")}</p>}
        <p className="quiet">
          {t(found.by_streak ? "discipline.reachedStreak" : "discipline.reached", {
            number: integer(found.days, language),
            count: found.days,
            date: lasting(found.reached_on),
          })}
        </p>
        <CaseWord status={found.status} />
        {found.contradicted && (
          <p>
            <Glyph shape="warning" /> {t("discipline.contradicted")}
          </p>
        )}
        {found.status !== "decided" && <p className="quiet">{t("discipline.indication")}</p>}
      </section>
      <div className={classes.columns}>
        <section>
          <h2>{t("discipline.evidence")}</h2>
          <Days employeeId={found.employee_id} days={found.evidence} />
          {found.later !== null && (
            <>
              <h2>{t("discipline.later")}</h2>
              <Days employeeId={found.employee_id} days={found.later} />
            </>
          )}
          <p className="quiet">{found.source}</p>
        </section>
        <section>
          <h2>{t("discipline.examination")}</h2>
          <p>
            {t(`discipline.team.${found.examines}`, { least: found.team_least })}{" "}
            <span className="quiet">{found.team_article}</span>
          </p>
          <dl className={classes.facts}>
            {found.summoned_on !== null && <Fact name={t("discipline.summonedOn")}>{lasting(found.summoned_on)}</Fact>}
            {found.second_summons_on !== null && (
              <Fact name={t("discipline.secondSummons")}>{lasting(found.second_summons_on)}</Fact>
            )}
            {found.hearing_on !== null && <Fact name={t("discipline.hearingOn")}>{lasting(found.hearing_on)}</Fact>}
            {found.team.length > 0 && (
              <Fact name={t("discipline.teamMembers")}>{found.team.map((one) => names(one)).join(", ")}</Fact>
            )}
            {found.decision !== null && (
              <>
                <Fact name={t("discipline.decided")}>{sanctionWord(found.decision.sanction, t)}</Fact>
                <Fact name={t("discipline.letter")}>{found.decision.letter}</Fact>
                <Fact name={t("discipline.decidedOn")}>{lasting(found.decision.decided_on)}</Fact>
              </>
            )}
            {found.delivered_on !== null && (
              <Fact name={t("discipline.deliveredOn")}>{lasting(found.delivered_on)}</Fact>
            )}
          </dl>
          {found.deadlines.length > 0 && (
            <>
              <h2>{t("discipline.deadlines")}</h2>
              <ul className={classes.list}>
                {found.deadlines.map((one) => (
                  <li key={one.what} data-deadline={one.what}>
                    <p>
                      <Glyph shape="waiting" /> {t(`caseDue.${one.what}`)}
                      {": "}
                      <strong>{one.on === null ? t("discipline.noSchedule") : lasting(one.on)}</strong>
                    </p>
                    <p className="quiet">
                      {t("discipline.workingDays", { count: one.days, number: integer(one.days, language) })},{" "}
                      {one.article}
                    </p>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
      {found.may_act && <Acting key={found.version} found={found} />}
      <section>
        <h2>{t("discipline.course")}</h2>
        <Course found={found} />
      </section>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What happened to it, oldest first, with the days it is about and the words that go with it. */
function Course({ found }: { found: Case }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  return (
    <ol className={classes.steps}>
      {found.steps.map((step) => (
        <li key={`${step.at} ${step.what}`} data-step={step.what}>
          <p>
            {t(`caseStep.${step.what}`, { dates: step.days.map((one) => day(one, language)).join(", ") })}{" "}
            <span className="quiet">
              {t(`caseSide.${step.side}`)}, {dayAndClock(step.at, zone, language)}
            </span>
          </p>
          {step.words !== "" && <p>{step.words}</p>}
        </li>
      ))}
    </ol>
  );
}
