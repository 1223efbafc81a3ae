import type { AssessedDay } from "../api/days";
import { useWords } from "../i18n";
import classes from "./month.module.css";
import { stepWords, type Telling } from "./steps";

/** How the day was come to, step by step, each with the rule and the article that decided. */
export function Steps({ day, telling }: { day: AssessedDay; telling: Telling }) {
  const { t } = useWords();
  return (
    <section>
      <h2>{t("explain.steps")}</h2>
      <ol className={classes.steps} data-testid="steps">
        {day.steps.map((step, at) => {
          const basis = [step.article, step.rule ? t("explain.rule", { rule: step.rule }) : ""];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order of the steps is what they are
            <li key={at} data-code={step.code}>
              {stepWords(step, telling)}
              {(step.article || step.rule) && (
                <div className="quiet">{basis.filter((part) => part !== "" && part !== undefined).join(" · ")}</div>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
