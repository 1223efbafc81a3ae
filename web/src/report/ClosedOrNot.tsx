import type { MonthClosing } from "../api/reports";
import { dayAndClock, days } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import classes from "./report.module.css";

/** Whether the figures of the month are signed, by which closings; and that what came to something else is told apart. */
export function ClosedOrNot({ closing }: { closing: MonthClosing }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  return (
    <div className={classes.closing} data-testid="report-closing" data-state={closing.state}>
      <span>
        <Glyph shape={closing.state === "closed" ? "full" : "hollow"} size={13} />{" "}
        {t(`report.closing.${closing.state}`)}
      </span>
      {closing.periods.map((one) => (
        <span key={one.first} className="quiet">
          {t("report.signed", {
            period: days(one.first, one.last, language),
            at: dayAndClock(one.closed_at, zone, language),
            digest: one.digest.slice(0, 12),
          })}
        </span>
      ))}
      {closing.state !== "open" && (
        <span className="quiet">
          {t("report.asNow")} {closing.adjusted_days > 0 && t("report.adjusted", { count: closing.adjusted_days })}
        </span>
      )}
    </div>
  );
}
