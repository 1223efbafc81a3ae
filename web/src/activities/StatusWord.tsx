import type { ActivityStatus } from "../api/appraisal";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Glyph, type Shape } from "../states/Glyph";
import classes from "./activities.module.css";

const SHAPE: Record<ActivityStatus, Shape> = {
  waiting: "waiting",
  validated: "full",
  returned: "warning",
  rejected: "wrong",
  withdrawn: "hollow",
};

/** A shape and a word: what became of an activity. */
export function StatusWord({ status }: { status: ActivityStatus }) {
  const { t } = useWords();
  return (
    <span className={classes.status}>
      <Glyph shape={SHAPE[status]} /> {t(`activityStatus.${status}`)}
    </span>
  );
}

/** How many there are of these. */
export function StatusCount({ status, count, minutes }: { status: ActivityStatus; count: number; minutes?: number }) {
  const { t, language } = useWords();
  return (
    <span className={classes.status}>
      <Glyph shape={SHAPE[status]} /> <span data-number>{integer(count, language)}</span> {t(`activityCount.${status}`)}
      {minutes !== undefined && minutes > 0 && (
        <span className="quiet"> ({t("activity.minutes", { number: integer(minutes, language) })})</span>
      )}
    </span>
  );
}
