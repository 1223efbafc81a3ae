import type { Import } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Glyph, type Shape } from "../states/Glyph";
import classes from "./imports.module.css";
import { type Outcome, outcomeOf } from "./rules";

const SHAPE: Record<Outcome, Shape> = {
  running: "waiting",
  wrong: "wrong",
  clean: "hollow",
  same: "full",
  applied: "full",
  failed: "warning",
};

/** In a word: what became of an import, or what it is at. */
export function ImportStatus({ found }: { found: Import }) {
  const { t, language } = useWords();
  const outcome = outcomeOf(found);
  return (
    <span className={classes.status}>
      <Glyph shape={SHAPE[outcome]} />
      {outcome === "wrong"
        ? t("imports.errors", { count: found.errors, number: integer(found.errors, language) })
        : outcome === "running"
          ? t(`importState.${found.state}`)
          : t(`importOutcome.${outcome}`)}
    </span>
  );
}
