import type { LeaveStatus } from "../api/leave";
import { useWords } from "../i18n";
import { Glyph, type Shape } from "../states/Glyph";
import classes from "./leave.module.css";

const SHAPE: Record<LeaveStatus, Shape> = {
  waiting: "waiting",
  returned: "warning",
  rejected: "wrong",
  withdrawn: "hollow",
  approved: "full",
  cancelling: "waiting",
  cancelled: "hollow",
};

/** A shape and a word: what became of a request. */
export function StatusWord({ status }: { status: LeaveStatus }) {
  const { t } = useWords();
  return (
    <span className={classes.status}>
      <Glyph shape={SHAPE[status]} /> {t(`leaveStatus.${status}`)}
    </span>
  );
}
