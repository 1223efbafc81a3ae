import type { CheckInView } from "../api/checkins";
import { day, localDate, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import classes from "./checkin.module.css";

/** What was said and decided, in order. */
export function Steps({ steps, zone }: { steps: NonNullable<CheckInView["steps"]>; zone: string }) {
  const { t, language } = useWords();
  if (steps.length === 0) return null;
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li key={step.at}>
          <span className="quiet">
            {t(`doubt.step.${step.what}`, { who: t(`doubt.by.${step.by}`) })} ·{" "}
            {day(localDate(step.at, zone), language)}, {zonedClock(step.at, zone, language)}
          </span>
          <br />
          {step.words}
        </li>
      ))}
    </ol>
  );
}
