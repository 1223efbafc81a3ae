/** What a month of assessed days comes to, and how a date is said in few words. Pure. */

import type { Day, DayStatus } from "../api/days";
import { shiftDay } from "../format/time";
import type { Shape } from "../states/Glyph";

/** A date of the month with what is known of it. */
export interface Cell {
  date: string;
  /** Column of the calendar, 1 (Monday) to 7. */
  column: number;
  day: Day | null;
}

/** Every date of a stretch, in order. */
export function cells(from: string, to: string, days: readonly Day[]): Cell[] {
  const known = new Map(days.map((one) => [one.local_date, one]));
  const found: Cell[] = [];
  for (let date = from; date <= to; date = shiftDay(date, 1)) {
    const column = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
    found.push({ date, column, day: known.get(date) ?? null });
  }
  return found;
}

/** Sums of a month: days and minutes. */
export function totals(days: readonly Day[]) {
  const sum = (of: (day: Day) => number) => days.reduce((all, day) => all + of(day), 0);
  return {
    required: sum((day) => day.required_days),
    present: sum((day) => day.present_days),
    absent: sum((day) => day.absent_days),
    excused: sum((day) => day.excused_days),
    lateDays: sum((day) => day.late_days),
    lateMinutes: sum((day) => day.late_minutes),
    earlyDays: sum((day) => day.early_days),
    earlyMinutes: sum((day) => day.early_minutes),
    requiredMinutes: sum((day) => day.required_minutes),
    effectiveMinutes: sum((day) => day.effective_minutes),
  };
}

/** A side of a shift that has a band: its minutes, or null where the scan is missing. */
export interface Mark {
  side: "late" | "early";
  minutes: number | null;
  band: string;
}

/** Lateness and leaving early of a day, in the order of its shifts. */
export function marks(day: Day): Mark[] {
  return day.shifts.flatMap((shift) => {
    const found: Mark[] = [];
    if (shift.late_band != null)
      found.push({ side: "late", minutes: shift.late_minutes ?? null, band: shift.late_band });
    if (shift.early_band != null) {
      found.push({ side: "early", minutes: shift.early_minutes ?? null, band: shift.early_band });
    }
    return found;
  });
}

const SHAPES: Record<DayStatus, Shape> = {
  present: "full",
  absent: "wrong",
  partly_absent: "wrong",
  pending: "waiting",
  on_call: "waiting",
  off: "hollow",
  holiday: "hollow",
  no_schedule: "hollow",
  leave: "hollow",
  duty: "full",
  permit: "hollow",
  correction: "full",
  amnesty: "full",
};

/** The sign beside the word. */
export function shapeOf(day: Day): Shape {
  return day.status === "present" && marks(day).length > 0 ? "warning" : SHAPES[day.status];
}

/** What the holiday is called that a day names among the rows that decided about it. */
export function holidayOf(day: Day, names: ReadonlyMap<string, string>): string | null {
  if (day.status !== "holiday") return null;
  return day.rules.map((rule) => names.get(rule)).find((name) => name !== undefined) ?? null;
}
