import type { AssessedDay, AssessedShift } from "../api/days";
import { useWords } from "../i18n";
import classes from "./month.module.css";
import { instantWords, lengthWords, type Telling } from "./steps";

/** What was required, and what came of it, shift by shift. */
export function Required({ day, telling }: { day: AssessedDay; telling: Telling }) {
  const { t } = useWords();
  if (day.shifts.length === 0) return null;
  const pattern = day.steps.find(({ code }) => code === "plan.pattern");
  const roster = day.steps.find(({ code }) => code === "plan.roster");
  const name = telling.names.get(String(pattern?.values?.id ?? "").split("@")[0] ?? "");
  const decree = (roster ?? pattern)?.article;
  return (
    <section>
      <h2>{t("explain.required")}</h2>
      {day.shifts.map((shift) => (
        <Shift key={shift.id} shift={shift} day={day} telling={telling} />
      ))}
      {(name !== undefined || decree) && (
        <p className="quiet">{[name, decree].filter((part) => part !== undefined && part !== "").join(" · ")}</p>
      )}
    </section>
  );
}

function Shift({ shift, day, telling }: { shift: AssessedShift; day: AssessedDay; telling: Telling }) {
  const { t } = useWords();
  const planned = day.steps.find(({ code, values }) => code === "shift" && values?.shift === shift.id)?.values;
  const said = (at: string | null | undefined) => (at == null ? "–" : instantWords(at, telling));
  const times = planned && { starts: said(String(planned.starts)), ends: said(String(planned.ends)) };
  const flexible = Number(planned?.flexible_minutes ?? 0);
  return (
    <dl className={classes.facts}>
      {times && (
        <>
          <dt>{t(shift.kind === "fixed" ? "explain.hours" : "explain.onCall")}</dt>
          <dd>
            {t("explain.fromTo", times)}
            {flexible > 0 && (
              <div className="quiet">{t("explain.flexible", { minutes: lengthWords(flexible, telling.t) })}</div>
            )}
          </dd>
        </>
      )}
      <dt>{t("explain.in")}</dt>
      <dd>{said(shift.first_in)}</dd>
      <dt>{t("explain.out")}</dt>
      <dd>{said(shift.last_out)}</dd>
      {shift.kind === "fixed" && (
        <>
          <dt>{t("explain.effective")}</dt>
          <dd>
            {lengthWords(shift.effective_minutes, telling.t)}{" "}
            <span className="quiet">
              {t("month.ofRequired", { required: lengthWords(shift.required_minutes, telling.t) })}
            </span>
          </dd>
        </>
      )}
    </dl>
  );
}
