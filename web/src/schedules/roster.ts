/** A month of rosters while it is being changed. Pure. */

import type { Pattern, PersonRoster, RosterCell, RosterChange, Shift } from "../api/schedules";
import type { Language } from "../format/time";
import { sentShift, span, typedShift, wall } from "./hours";

/** What a cell is to become: these shifts, none (off), or the pattern again (null). */
export type Wanted = readonly Shift[] | null;
/** By employee and date. */
export type Pending = ReadonlyMap<string, ReadonlyMap<string, Wanted>>;

export const NOTHING: Pending = new Map();

/** With one cell set. What is as it was already is no change. */
export function painted(pending: Pending, person: PersonRoster, cell: RosterCell, wanted: Wanted): Pending {
  const theirs = new Map(pending.get(person.employee_id) ?? []);
  if (same(cell.roster, wanted)) theirs.delete(cell.day);
  else theirs.set(cell.day, wanted);
  const all = new Map(pending);
  if (theirs.size === 0) all.delete(person.employee_id);
  else all.set(person.employee_id, theirs);
  return all;
}

export function count(pending: Pending): number {
  return [...pending.values()].reduce((sum, one) => sum + one.size, 0);
}

/** As it is sent; the tags say which months were seen. */
export function changeOf(
  pending: Pending,
  people: readonly PersonRoster[],
  month: string,
  source: string,
): RosterChange {
  const tags = new Map(people.map((one) => [one.employee_id, one.tag]));
  return {
    month,
    source,
    people: [...pending].map(([employee_id, days]) => ({
      employee_id,
      tag: tags.get(employee_id) ?? "",
      cells: [...days].map(([day, shifts]) => ({ day, shifts: shifts === null ? null : [...shifts] })),
    })),
  };
}

/** Which cell a place in what was sent is; null: none of them. */
export function cellAt(change: RosterChange, pointer: string): { person: string; day: string | null } | null {
  const match = /^\/body\/people\/(\d+)(?:\/cells\/(\d+))?/.exec(pointer);
  const person = change.people[Number(match?.[1] ?? -1)];
  if (match === null || person === undefined) return null;
  return { person: person.employee_id, day: person.cells[Number(match[2] ?? -1)]?.day ?? null };
}

/** Different shifts of all patterns, by when they begin: what one chooses from. */
export function presets(patterns: readonly Pattern[]): Shift[] {
  const found = new Map<string, Shift>();
  for (const pattern of patterns) {
    for (const { days } of pattern.versions) {
      for (const { shifts = [] } of days) {
        for (const shift of shifts) {
          const whole = sentShift(typedShift(shift));
          const key = `${whole.start} ${whole.minutes} ${whole.break_minutes} ${whole.kind}`;
          if (!found.has(key)) found.set(key, whole);
        }
      }
    }
  }
  return [...found.values()].sort((a, b) => a.start.localeCompare(b.start) || a.minutes - b.minutes);
}

/** The shifts of a planned day in full: `07.30–16.00`, of several one after another. */
export function planned(cell: RosterCell, language: Language): string {
  return cell.shifts
    .map(
      (one) =>
        `${wall(one.start, language)}–${wall(one.end, language)}${one.days_later > 0 ? ` +${one.days_later}` : ""}`,
    )
    .join(", ");
}

/** The same of what is to be. */
export function wanted(shifts: readonly Shift[], language: Language): string {
  return shifts.map((one) => span(one, language)).join(", ");
}

/** Whether somebody is on duty past midnight. */
export function isNight(cell: RosterCell): boolean {
  return cell.shifts.some((one) => one.days_later > 0);
}

/** The months around one, as `YYYY-MM`. */
export function months(month: string, back: number, ahead: number): string[] {
  const [year = 2000, number = 1] = month.split("-").map(Number);
  return Array.from({ length: back + ahead + 1 }, (_, n) =>
    new Date(Date.UTC(year, number - 1 + n - back, 1)).toISOString().slice(0, 7),
  );
}

function same(before: readonly Shift[] | null | undefined, after: Wanted): boolean {
  if (before == null || after === null) return before == null && after === null;
  const told = (shifts: readonly Shift[]) => JSON.stringify(shifts.map((one) => sentShift(typedShift(one))));
  return told(before) === told(after);
}
