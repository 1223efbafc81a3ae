import type { Pattern, UnitPattern } from "../api/schedules";
import { day } from "../format/time";
import { useWords } from "../i18n";
import classes from "../sites/sites.module.css";
import { RemoveRow } from "./RemoveRow";

/** Which unit works by which pattern; what a unit has holds for all below it that have none of their own. */
export function UnitPatterns(props: {
  given: readonly UnitPattern[];
  patterns: readonly Pattern[];
  unitName: (id: string) => string;
  writes: boolean;
}) {
  const { t, language } = useWords();
  const { given, patterns, unitName, writes } = props;
  const names = new Map(patterns.map(({ id, name }) => [id, name]));
  const ordered = [...given].sort(
    (a, b) => unitName(a.unit_id).localeCompare(unitName(b.unit_id)) || a.valid_from.localeCompare(b.valid_from),
  );
  return (
    <table className={classes.table}>
      <caption className="hidden">{t("schedules.units")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("schedules.unit")}</th>
          <th scope="col">{t("schedules.pattern")}</th>
          <th scope="col">{t("schedules.from")}</th>
          <th scope="col">{t("schedules.until")}</th>
          {writes && (
            <td>
              <span className="hidden">{t("schedules.remove")}</span>
            </td>
          )}
        </tr>
      </thead>
      <tbody>
        {ordered.map((one) => (
          <tr key={one.id}>
            <th scope="row">{unitName(one.unit_id)}</th>
            <td>{names.get(one.pattern_id) ?? "…"}</td>
            <td data-number>
              <span className={classes.label}>{t("schedules.from")} </span>
              {day(one.valid_from, language)}
            </td>
            <td data-number data-none={one.valid_to == null || undefined}>
              <span className={classes.label}>{t("schedules.until")} </span>
              {one.valid_to == null ? (
                <span className="quiet">{t("employees.open")}</span>
              ) : (
                day(one.valid_to, language)
              )}
            </td>
            {writes && (
              <td>
                <RemoveRow
                  plural="assignments"
                  row={one}
                  name={`${unitName(one.unit_id)}, ${day(one.valid_from, language)}`}
                />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
