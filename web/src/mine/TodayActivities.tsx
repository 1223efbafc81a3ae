import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { activitiesQuery } from "../api/appraisal";
import { integer } from "../format/number";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { useNow } from "../live/useNow";
import { useAgency } from "../shell/agency";
import classes from "./mine.module.css";

const MINUTE = 60_000;

/** One line: what is recorded of today's activities, and where to record more. Unknown, it still leads there. */
export function TodayActivities({ employeeId }: { employeeId: string }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const today = localDate(new Date(useNow(MINUTE)).toISOString(), zone);
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
