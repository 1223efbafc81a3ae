/** The queue as the superior reads it. Pure. */

import type { Activity, Decided } from "../api/appraisal";

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

export interface Refused {
  row: Activity;
  why: string;
}

/** What an answer says: how many were decided, and what was not, with its reason. */
export function outcomeOf(answer: readonly Decided[], rows: readonly Activity[]): { done: number; refused: Refused[] } {
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
