import type { PatternVersion, Shift } from "../api/schedules";
import { useWords } from "../i18n";
import { runs, span, weekday, weekMinutes } from "./hours";
import classes from "./schedules.module.css";

/** A version as one reads it: equal days together, what Ramadan changes beside them, and the hours of a week. */
export function Week({ version, name }: { version: PatternVersion; name: string }) {
  const { t, language } = useWords();
  const { days, anchor } = version;
  const cyclic = anchor != null;
  const fasting = days.some(({ ramadan }) => ramadan != null);
  const label = (n: number) => (cyclic ? t("schedules.dayNumber", { day: n + 1 }) : weekday(n, language));
  const told = (shifts: readonly Shift[] = []) =>
    shifts.length === 0 ? (
      <span className="quiet">{t("schedules.off")}</span>
    ) : (
      shifts.map((one) => (
        <span key={one.start} className={classes.shift}>
          {span(one, language)}
          {(one.break_minutes ?? 0) > 0 && (
            <span className={`quiet ${classes.rest}`}> {t("schedules.pause", { minutes: one.break_minutes })}</span>
          )}
          {one.kind === "on_call" && <span className="quiet"> {t("schedules.onCall")}</span>}
        </span>
      ))
    );
  const hours = (minutes: number) => t("schedules.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return (
    <table className={classes.week}>
      <caption className="hidden">{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t("schedules.day")}</th>
          <th scope="col">{t("schedules.work")}</th>
          {fasting && <th scope="col">{t("schedules.inRamadan")}</th>}
        </tr>
      </thead>
      <tbody>
        {runs(days).map(([first, last]) => (
          <tr key={first}>
            <th scope="row">
              {first === last
                ? label(first)
                : cyclic
                  ? t("schedules.dayRange", { first: first + 1, last: last + 1 })
                  : `${label(first)}–${label(last)}`}
            </th>
            <td>{told(days[first]?.shifts)}</td>
            {fasting && <td>{told(days[first]?.ramadan ?? days[first]?.shifts)}</td>}
          </tr>
        ))}
        <tr>
          <th scope="row">{t(cyclic ? "schedules.average" : "schedules.total")}</th>
          <td>{hours(weekMinutes(days))}</td>
          {fasting && <td>{hours(weekMinutes(days, true))}</td>}
        </tr>
      </tbody>
    </table>
  );
}
