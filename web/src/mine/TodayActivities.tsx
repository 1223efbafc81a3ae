import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { activitiesQuery } from "../api/appraisal";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useToday } from "../shell/useToday";
import classes from "./mine.module.css";

/** One line: what is recorded of today's activities, and where to record more. Unknown, it still leads there. */
export function TodayActivities({ employeeId }: { employeeId: string }) {
  const { t, language } = useWords();
  const today = useToday();
  const tally = useQuery(activitiesQuery(employeeId, today, today)).data?.tally;
  const count = tally === undefined ? 0 : tally.entries - tally.rejected;
  return (
    <p className={classes.activities} data-testid="my-activities">
      <span className="quiet">{t("activity.todayLine")}</span>{" "}
      {tally !== undefined && count === 0 && <span>{t("activity.noneToday")}</span>}
      {count > 0 && (
        <span data-number>
          {t("activity.daySum", {
            count,
            number: integer(count, language),
            minutes: integer(tally?.minutes ?? 0, language),
          })}
        </span>
      )}
      <Link href="/aktivitas">{t("activity.record")}</Link>
    </p>
  );
}
