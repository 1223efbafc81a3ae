import type { Ladder } from "../api/discipline";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./discipline.module.css";
import { sanctionWord } from "./sanctions";

/** All steps of the law in force, the one that is reached marked. */
export function Rungs({ ladder }: { ladder: Ladder }) {
  const { t, language } = useWords();
  const reached = [...ladder.steps].reverse().find(({ from_days }) => from_days <= ladder.days)?.from_days;
  return (
    <>
      <ol className={`${classes.list} ${classes.rungs}`}>
        {ladder.steps.map((step, n) => {
          const here = step.from_days === reached && ladder.step !== "streak";
          const until = ladder.steps[n + 1]?.from_days;
          return (
            <li key={step.from_days} data-here={here || undefined} aria-current={here ? "step" : undefined}>
              <span>{range(step.from_days, until, (value) => integer(value, language), t("discipline.dayWord"))}</span>
              <span>
                {here && <Glyph shape="warning" />} {sanctionWord(step.sanction, t)}{" "}
                <span className="quiet">
                  {t(`disciplineLevel.${step.level}`)}, {step.article}
                </span>
              </span>
            </li>
          );
        })}
        {ladder.streak_days !== null && ladder.streak_sanction !== null && (
          <li data-here={ladder.step === "streak" || undefined}>
            <span>{t("discipline.inARow", { number: integer(ladder.streak_days, language) })}</span>
            <span>
              {ladder.step === "streak" && <Glyph shape="warning" />} {sanctionWord(ladder.streak_sanction, t)}
            </span>
          </li>
        )}
      </ol>
      <p className="quiet">{ladder.source}</p>
    </>
  );
}

function range(from: number, next: number | undefined, shown: (value: number) => string, word: string): string {
  if (next === undefined) return `≥ ${shown(from)} ${word}`;
  return next - from === 1 ? `${shown(from)} ${word}` : `${shown(from)}–${shown(next - 1)} ${word}`;
}
