import { useMemo, useState } from "react";
import type { Presence } from "../api/types";
import { day } from "../format/time";
import { useWords } from "../i18n";
import type { Live } from "../live/fold";
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

/**
 * The units below. Rows keep their places while counts move; they are put in order anew only with a full answer
 * (once a minute) or when the reader asks.
 */
export function UnitTable(props: { board: Presence; answer: Presence | undefined; live: Live }) {
  const { t, language } = useWords();
  const { board, answer, live } = props;
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
  return (
    <table className={classes.table}>
      <caption className="hidden">
        {t("units.caption", { unit: board.unit.name, date: day(board.date, language) })}
      </caption>
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
        {sequence.map((id) => {
          const child = children.get(id);
          return (
            child && <UnitRow key={id} unit={child.unit} totals={child.totals} changes={live.units.get(id)?.changes} />
          );
        })}
      </tbody>
    </table>
  );
}
