/** The queue as the superior reads it. Pure. */

import type { Activity } from "../api/appraisal";

export interface Group {
  employee: string;
  items: Activity[];
  minutes: number;
}

/** By employee: whose oldest entry waits longest comes first, within one the oldest first. */
export function grouped(oldestFirst: readonly Activity[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of oldestFirst) {
    const known = groups.get(one.employee_id);
    if (known === undefined)
      groups.set(one.employee_id, { employee: one.employee_id, items: [one], minutes: one.minutes });
    else {
      known.items.push(one);
      known.minutes += one.minutes;
    }
  }
  return [...groups.values()];
}

/** Past the day by which the superior decides. */
export function isOverdue({ due_on }: Pick<Activity, "due_on">, today: string): boolean {
  return due_on < today;
}

/** Whole days since a day that has passed. */
export function daysPast(due: string, today: string): number {
  return Math.max(0, (Date.parse(today) - Date.parse(due)) / 86_400_000);
}

/** Of one's own activities those that the superior should have decided by now: how many, by when the one that waits
 * longest, and the day that one is of. */
export function ownOverdue(items: readonly Activity[], today: string) {
  const late = items.filter((one) => one.status === "waiting" && isOverdue(one, today));
  const oldest = late.reduce<Activity | null>((a, b) => (a === null || b.due_on < a.due_on ? b : a), null);
  return oldest === null ? null : { count: late.length, oldest: oldest.due_on, date: oldest.date };
}

export interface Refused<Row> {
  row: Row;
  why: string;
}

/** What an answer says: how many were decided, and what was not, with its reason. */
export function outcomeOf<Row extends { id: string }>(
  answer: readonly { id: string; refused?: string }[],
  rows: readonly Row[],
): { done: number; refused: Refused<Row>[] } {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const refused = answer.flatMap(({ id, refused: why }) => {
    const row = byId.get(id);
    return why === undefined || why === "" || row === undefined ? [] : [{ row, why }];
  });
  return { done: answer.filter(({ refused: why }) => !why).length, refused };
}

/** Selected or not: all of `ids`, or none of them when all are. */
export function toggled(selected: ReadonlySet<string>, ids: readonly string[]): Set<string> {
  const rest = new Set([...selected].filter((id) => !ids.includes(id)));
  return ids.every((id) => selected.has(id)) ? rest : new Set([...rest, ...ids]);
}
