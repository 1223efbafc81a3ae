import type { Preview } from "../api/leave";
import { dayCount, integer } from "../format/number";
import { clock, day } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import classes from "./leave.module.css";

const NAMED = 3;

/** What a request costs, before it is sent: working days, what they leave, and which dates are not counted. */
export function PreviewLine({ preview, year }: { preview: Preview; year: string }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { since, until, skipped, left_after, left_before } = preview;
  const named = skipped.slice(0, NAMED).map((one) => `${day(one.day, language)} (${t(`leaveSkipped.${one.kind}`)})`);
  const more = skipped.length - named.length;
  return (
    <div className={classes.preview} role="status" data-testid="leave-preview">
      <p>
        <Glyph shape={preview.wrong.length === 0 ? "full" : "warning"} />{" "}
        {since !== null && until !== null && Number(preview.working_days) === 0 ? (
          <strong data-number>
            {t("leave.willExcuse", { from: clock(since, zone, language), to: clock(until, zone, language) })}
          </strong>
        ) : (
          <strong data-number>{t("leave.willCost", { number: dayCount(preview.working_days, language) })}</strong>
        )}
      </p>
      {left_before !== null && left_after !== null && (
        <p data-number>
          {t("leave.willLeave", {
            year,
            before: dayCount(left_before, language),
            after: dayCount(left_after, language),
          })}
        </p>
      )}
      {skipped.length > 0 && (
        <p className="quiet">
          {t("leave.notCounted")}: {named.join("; ")}
          {more > 0 && ` ${t("leave.andMore", { number: integer(more, language) })}`}
        </p>
      )}
    </div>
  );
}
