import { Link } from "wouter";
import type { Adjustment } from "../api/closings";
import { signed } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { dayOf } from "../month/address";
import { usePlace } from "../shell/usePlace";
import classes from "./closings.module.css";

export interface AdjustmentRow extends Adjustment {
  employee: string;
  /** null: the page is about one employee. */
  name: string | null;
  /** Where it is known: the closing that signed it, or null while it waits for the next. */
  signed_in?: string | null;
}

/** Closed days that come to something else: what was closed, what it is now, and why. */
export function AdjustmentTable({ rows }: { rows: readonly AdjustmentRow[] }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  return (
    <ul className={classes.adjustments}>
      {rows.map((one) => (
        <li key={`${one.employee} ${one.day} ${one.after.version}`} data-adjusted={one.day}>
          <div>
            {one.name !== null && <strong>{one.name}</strong>}
            <Link href={dayOf(one.employee, one.day, search)}>{day(one.day, language)}</Link>
          </div>
          <div>
            <span className="quiet">
              {one.before == null ? t("closings.noDay") : t(`dayStatus.${one.before.status}`)}
            </span>{" "}
            <span aria-hidden="true">→</span> <span className="hidden">{t("closings.becomes")}</span>{" "}
            {t(`dayStatus.${one.after.status}`)}
          </div>
          <div className="quiet">
            {[
              ...Object.entries(one.difference).map(([name, amount]) =>
                t(`closedFigure.${name as "late_minutes"}`, { amount: signed(amount, language) }),
              ),
              ...Object.entries(one.bands).map(([band, amount]) => `${band} ${signed(amount, language)}`),
            ].join(" · ")}
          </div>
          <div className="quiet">
            {one.causes.map((cause) => t(`adjustmentCause.${cause}`)).join(" ")}{" "}
            {one.signed_in !== undefined &&
              (one.signed_in === null
                ? t("closings.waitsForNext")
                : t("closings.signedIn", { day: day(one.signed_in, language) }))}
          </div>
        </li>
      ))}
    </ul>
  );
}
