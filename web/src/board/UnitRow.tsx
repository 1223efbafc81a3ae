import { useQueryClient } from "@tanstack/react-query";
import { memo } from "react";
import { Link } from "wouter";
import { presenceQuery } from "../api/queries";
import type { Totals, UnitRef } from "../api/types";
import { integer, percent, share } from "../format/number";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import classes from "./units.module.css";

/** One unit; the whole row is its link, and a pointer that rests on it fetches what is behind it. */
export const UnitRow = memo(function UnitRow(props: { unit: UnitRef; totals: Totals; changes: number | undefined }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { place, to } = usePlace();
  const client = useQueryClient();
  const { unit, totals, changes } = props;
  const part = share(totals.present, totals.expected);
  const fetchAhead = () => {
    const { refetchInterval: _, ...query } = presenceQuery({ unit: unit.id, date: place.date });
    void client.prefetchQuery(query);
  };
  return (
    <tr data-mark={changes === undefined ? undefined : changes % 2}>
      <th scope="row" data-column="unit">
        <Link
          href={to({ unit: unit.id, view: null, state: "all", q: "" })}
          className={classes.link}
          onPointerEnter={fetchAhead}
          onFocus={fetchAhead}
          onClick={() => scrollTo(0, 0)}
        >
          {unit.name}
        </Link>
      </th>
      <td data-number data-column="present">
        {part === null ? <span className="quiet">{t("units.noPeople")}</span> : integer(totals.present, language)}
      </td>
      <td data-number data-column="expected" className="quiet">
        {integer(totals.expected, language)}
      </td>
      <td data-number data-column="not_yet">
        {part !== null && integer(totals.not_yet, language)}
      </td>
      <td data-column="share">
        {part !== null && (
          <span className={classes.share}>
            <span className={classes.track} aria-hidden="true">
              <span style={{ inlineSize: `${part * 100}%` }} />
            </span>
            <span className={classes.percent}>{percent(part, language)}</span>
          </span>
        )}
      </td>
      <td data-number data-column="last" className="quiet">
        {totals.last_at !== null && zonedClock(totals.last_at, zone, language)}
      </td>
    </tr>
  );
});
