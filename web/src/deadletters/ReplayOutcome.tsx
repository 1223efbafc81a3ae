import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import classes from "./deadletters.module.css";
import type { Replay } from "./useReplay";

/** What became of the letters that were put back last. */
export function ReplayOutcome({ replay }: { replay: Replay }) {
  const { t, language } = useWords();
  const { outcome, count } = replay;
  const number = (of: number) => integer(of, language);
  const said =
    outcome === null
      ? []
      : [
          { key: "running" as const, shape: "waiting" as const, of: outcome.running },
          { key: "done" as const, shape: "full" as const, of: outcome.done },
          { key: "refused" as const, shape: "warning" as const, of: outcome.refused },
        ].filter(({ of }) => of > 0);
  return (
    <>
      <Refusal error={replay.error} />
      <p role="status" className={count > 0 ? classes.outcome : undefined}>
        {count > 0 &&
          said.map(({ key, shape, of }) => (
            <span key={key}>
              <Glyph shape={shape} /> {t(`outcome.${key}`, { count: of, number: number(of) })}
            </span>
          ))}
      </p>
    </>
  );
}
