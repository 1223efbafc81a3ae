import type { CheckInView } from "../api/checkins";

/** Rows under the local day of each, in the order they come in. */
export function byDay<Row extends Pick<CheckInView, "local_date">>(rows: readonly Row[]): [string, Row[]][] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const same = found.get(row.local_date);
    if (same === undefined) found.set(row.local_date, [row]);
    else same.push(row);
  }
  return [...found];
}
