import type { CorrectionStatus } from "../api/corrections";
import { useWords } from "../i18n";
import { Glyph, type Shape } from "../states/Glyph";
import classes from "./corrections.module.css";

const SHAPE: Record<CorrectionStatus, Shape> = {
  waiting: "waiting",
  approved: "full",
  returned: "warning",
  rejected: "wrong",
  withdrawn: "hollow",
  revoked: "wrong",
};

/** A shape and a word: what became of a correction. */
export function StatusWord({ status }: { status: CorrectionStatus }) {
  const { t } = useWords();
  return (
    <span className={classes.status}>
      <Glyph shape={SHAPE[status]} /> {t(`correctionStatus.${status}`)}
    </span>
  );
}
