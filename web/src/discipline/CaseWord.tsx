import type { CaseStatus } from "../api/discipline";
import { useWords } from "../i18n";
import { Glyph, type Shape } from "../states/Glyph";

const SHAPE: Record<CaseStatus, Shape> = {
  proposed: "warning",
  examining: "waiting",
  decided: "full",
  dropped: "hollow",
  withdrawn: "hollow",
  superseded: "hollow",
};

/** A shape and a word: how far a case is. */
export function CaseWord({ status }: { status: CaseStatus }) {
  const { t } = useWords();
  return (
    <span>
      <Glyph shape={SHAPE[status]} /> {t(`caseStatus.${status}`)}
    </span>
  );
}
