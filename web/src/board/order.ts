/** The order of the units table: what needs attention first. Pure. */

import type { ChildUnit } from "../api/types";
import { share } from "../format/number";

export type Column = "unit" | "present" | "expected" | "not_yet" | "share" | "last";

export interface Order {
  column: Column;
  descending: boolean;
}

/** Lowest presence first; among equals, where most people are missing. */
export const ATTENTION: Order = { column: "share", descending: false };

const value: Record<Exclude<Column, "unit">, (child: ChildUnit) => number | null> = {
  present: ({ totals }) => totals.present,
  expected: ({ totals }) => totals.expected,
  not_yet: ({ totals }) => totals.not_yet,
  share: ({ totals }) => share(totals.present, totals.expected),
  last: ({ totals }) => (totals.last_at === null ? null : Date.parse(totals.last_at)),
};

const names = new Intl.Collator("id", { numeric: true });

/** Units without a value (no people, nobody yet) come last whichever way the rest is ordered. */
export function ordered(children: readonly ChildUnit[], { column, descending }: Order): ChildUnit[] {
  const sign = descending ? -1 : 1;
  const byName = (a: ChildUnit, b: ChildUnit) => names.compare(a.unit.name, b.unit.name);
  if (column === "unit") return [...children].sort((a, b) => sign * byName(a, b));
  const read = value[column];
  return [...children].sort((a, b) => {
    const [x, y] = [read(a), read(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
    return sign * (x - y) || b.totals.not_yet - a.totals.not_yet || byName(a, b);
  });
}
