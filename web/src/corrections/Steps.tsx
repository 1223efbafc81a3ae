import type { Correction } from "../api/corrections";
import { dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import classes from "./corrections.module.css";

/** What was decided and said, in order. Changes of the employee's own without words are left out. */
export function Steps({ steps, zone }: Pick<Correction, "steps" | "zone">) {
  const { t, language } = useWords();
  const shown = steps.filter((step) => step.what !== "changed" || step.words !== "");
  if (shown.length === 0) return null;
  return (
    <ol className={classes.steps}>
      {shown.map((step) => (
        <li key={`${step.at} ${step.what}`}>
          <span className="quiet">
            {t(`correctionStep.${step.what}`, { who: t(`correctionSide.${step.side}`) })},{" "}
            {dayAndClock(step.at, zone, language)}
          </span>
          {step.words !== "" && <p>{step.words}</p>}
        </li>
      ))}
    </ol>
  );
}
