import type { Leave } from "../api/leave";
import { dayCount } from "../format/number";
import { clock, day, days, zoneName } from "../format/time";
import { useWords } from "../i18n";
import classes from "./leave.module.css";

/** When, how much of it is working time, where, by which letter and why. */
export function LeaveFacts({ leave }: { leave: Leave }) {
  const { t, language } = useWords();
  const { first, last, part, since, until, zone } = leave;
  const when = first === last ? day(first, language) : days(first, last, language);
  return (
    <>
      <p className={classes.facts}>
        <span>{when}</span>
        {part !== "day" && <span>{t(`leavePart.${part}`)}</span>}
        {since !== null && until !== null && (
          <span data-number>
            {clock(since, zone, language)}–{clock(until, zone, language)} {zoneName(zone, since)}
          </span>
        )}
        {part !== "hours" && (
          <span data-number>{t("leave.workingDays", { number: dayCount(leave.working_days, language) })}</span>
        )}
      </p>
      {leave.place !== "" && (
        <p>
          <span className="quiet">{t("leave.place")}:</span> {leave.place}
        </p>
      )}
      {leave.letter !== "" && (
        <p>
          <span className="quiet">{t("leave.letter")}:</span> {leave.letter}
        </p>
      )}
      {leave.reason !== "" && (
        <p>
          <span className="quiet">{t("leave.reason")}:</span> {leave.reason}
        </p>
      )}
      {leave.cancel_since !== null && (
        <p>
          <span className="quiet">{t("leave.cancelSince")}:</span> {day(leave.cancel_since, language)}
        </p>
      )}
    </>
  );
}
