import type { Leave } from "../api/leave";
import { dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import classes from "./leave.module.css";

/** The course of a request, oldest first, with the words that go with it. */
export function LeaveSteps({ leave }: { leave: Leave }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  // Of several changes in a row (a file each) the last says when it was as it is now.
  const shown = leave.steps.filter(({ what }, at) => what !== "changed" || leave.steps[at + 1]?.what !== "changed");
  return (
    <ol className={classes.steps}>
      {shown.map((step) => (
        <li key={`${step.at} ${step.what}`}>
          <span className="quiet">
            {t(`leaveStep.${step.what}`)}, {dayAndClock(step.at, zone, language)}
          </span>
          {step.words !== "" && <p>{step.words}</p>}
        </li>
      ))}
    </ol>
  );
}
