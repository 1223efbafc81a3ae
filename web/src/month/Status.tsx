import type { Day } from "../api/days";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { type Mark, marks, shapeOf } from "./month";
import classes from "./month.module.css";
import { lengthWords } from "./steps";

/** What a date came to: a sign and a word, and below it lateness and leaving early with their bands. */
export function Status({ day, holiday }: { day: Day; holiday: string | null }) {
  const { t } = useWords();
  return (
    <>
      <span className={classes.status}>
        <Glyph shape={shapeOf(day)} />{" "}
        {day.status === "pending" && day.first_in != null ? t("month.came") : (holiday ?? t(`dayStatus.${day.status}`))}
      </span>
      {marks(day).map((mark) => (
        <span key={`${mark.side} ${mark.band}`} className={classes.mark}>
          <MarkWords mark={mark} />
        </span>
      ))}
    </>
  );
}

function MarkWords({ mark }: { mark: Mark }) {
  const { t } = useWords();
  const { side, minutes, band } = mark;
  if (minutes === null) return t(`dayMark.${side}Missing`, { band });
  return t(`dayMark.${side}`, { band, minutes: lengthWords(minutes, t) });
}
