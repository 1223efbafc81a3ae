import { useMemo, useState } from "react";
import type { Presence } from "../api/types";
import { day } from "../format/time";
import { useWords } from "../i18n";
import type { Live } from "../live/fold";
import { useAgency } from "../shell/agency";
import { instantCells } from "../tables/csv";
import { TakeAway } from "../tables/TakeAway";
import { ATTENTION, type Column, type Order, ordered } from "./order";
import { UnitRow } from "./UnitRow";
import classes from "./units.module.css";

const COLUMNS: { column: Column; number: boolean; startsDescending: boolean }[] = [
  { column: "unit", number: false, startsDescending: false },
  { column: "present", number: true, startsDescending: true },
  { column: "expected", number: true, startsDescending: true },
  { column: "not_yet", number: true, startsDescending: true },
  { column: "share", number: false, startsDescending: false },
  { column: "last", number: true, startsDescending: true },
];
/** What a file has of them; a share is the reader's to reckon. */
const TAKEN = ["unit", "present", "expected", "not_yet"] as const;

/**
 * The units below. Rows keep their places while counts move; they are put in order anew only with a full answer
 * (once a minute) or when the reader asks.
 */
export function UnitTable(props: { board: Presence; answer: Presence | undefined; live: Live }) {
  const { t, language } = useWords();
  const { board, answer, live } = props;
  const { zone } = useAgency();
  const [order, setOrder] = useState<Order>(ATTENTION);
  const sequence = useMemo(() => ordered(answer?.children ?? [], order).map((one) => one.unit.id), [answer, order]);
  const children = new Map(board.children.map((one) => [one.unit.id, one]));
  const heading: Record<Column, string> = {
    unit: t("units.unit"),
    present: t("units.present"),
    expected: t("units.expected"),
    not_yet: t("units.notYet"),
    share: t("units.share"),
    last: t("units.last"),
  };
  const choose = (column: Column, startsDescending: boolean) =>
    setOrder((now) => ({ column, descending: now.column === column ? !now.descending : startsDescending }));
  const title = t("units.caption", { unit: board.unit.name, date: day(board.date, language) });
  const shown = sequence.flatMap((id) => children.get(id) ?? []);
  const table = () => ({
    head: [...TAKEN.map((column) => heading[column]), heading.last, t("people.zone")],
    rows: shown.map(({ unit, totals }) => [
      unit.name,
      totals.present,
      totals.expected,
      totals.not_yet,
      ...instantCells(totals.last_at, zone),
    ]),
  });
  return (
    <>
      <table className={classes.table}>
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ column, number, startsDescending }) => (
              <th
                key={column}
                scope="col"
                data-number={number}
                data-column={column}
                aria-sort={order.column === column ? (order.descending ? "descending" : "ascending") : "none"}
              >
                <button
                  type="button"
                  title={t("units.orderBy", { column: heading[column] })}
                  onClick={() => choose(column, startsDescending)}
                >
                  {heading[column]}
                  <span aria-hidden="true" className={classes.arrow}>
                    {order.column === column ? (order.descending ? "↓" : "↑") : ""}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ unit, totals }) => (
            <UnitRow key={unit.id} unit={unit} totals={totals} changes={live.units.get(unit.id)?.changes} />
          ))}
        </tbody>
      </table>
      <div className={classes.after}>
        <TakeAway title={title} file={`${t("units.file")}-${board.unit.id}-${board.date}`} table={table} />
      </div>
    </>
  );
}
