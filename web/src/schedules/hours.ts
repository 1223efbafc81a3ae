/** Hours of work as people read and type them. Pure. */

import type { PatternDay, PatternVersion, Shift } from "../api/schedules";
import type { Language } from "../format/time";

const DAY = 24 * 60;

export interface TypedShift {
  start: string;
  end: string;
  pause: string;
  /** What the form does not show stays as it was. */
  base: Partial<Shift>;
}
export interface TypedDay {
  shifts: TypedShift[];
  /** null: Ramadan changes nothing. */
  ramadan: TypedShift[] | null;
}
export interface TypedVersion {
  from: string;
  to: string;
  /** null: a week, Monday first; else the day on which the first of a cycle falls. */
  anchor: string | null;
  holidays: boolean;
  source: string;
  days: TypedDay[];
}

const minutesOf = (wall: string) => Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3, 5));
const wallOf = (minutes: number) =>
  `${String(Math.floor((minutes % DAY) / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** When a shift ends on the wall clock, and how many days later. */
export function endOf({ start, minutes }: Pick<Shift, "start" | "minutes">): { end: string; later: number } {
  const end = minutesOf(start) + minutes;
  return { end: wallOf(end), later: Math.floor(end / DAY) };
}

/** `07:30` as the language writes it. */
export function wall(text: string, language: Language): string {
  return language === "id" ? text.replace(":", ".") : text;
}

/** `07.30–16.00`, `22.00–08.00 +1`. */
export function span(shift: Pick<Shift, "start" | "minutes">, language: Language): string {
  const { end, later } = endOf(shift);
  return `${wall(shift.start, language)}–${wall(end, language)}${later > 0 ? ` +${later}` : ""}`;
}

/** Net minutes of a week; of a cycle on average. */
export function weekMinutes(days: readonly PatternDay[], fasting = false): number {
  const net = days
    .flatMap((one) => (fasting ? (one.ramadan ?? one.shifts) : one.shifts) ?? [])
    .filter(({ kind }) => kind !== "on_call")
    .reduce((sum, { minutes, break_minutes }) => sum + minutes - (break_minutes ?? 0), 0);
  return days.length === 0 ? 0 : Math.round((net * 7) / days.length);
}

/** Days that follow each other and are the same, as [first, last] positions. */
export function runs(days: readonly PatternDay[]): [number, number][] {
  const found: [number, number][] = [];
  days.forEach((one, n) => {
    const last = found.at(-1);
    if (last !== undefined && JSON.stringify(days[last[0]]) === JSON.stringify(one)) last[1] = n;
    else found.push([n, n]);
  });
  return found;
}

/** `Sen`, of the n-th day of a week from Monday. */
export function weekday(n: number, language: Language): string {
  const monday = Date.UTC(2001, 0, 1);
  return new Intl.DateTimeFormat(language === "id" ? "id-ID" : "en-GB", { weekday: "short", timeZone: "UTC" }).format(
    new Date(monday + (n % 7) * 86_400_000),
  );
}

/** The version that holds on a day, else the one that begins next, else the last. */
export function versionOn<V extends { valid_from: string; valid_to?: string | null | undefined }>(
  versions: readonly V[],
  day: string,
): V | undefined {
  return (
    versions.find((one) => one.valid_from <= day && (one.valid_to == null || day <= one.valid_to)) ??
    versions.find((one) => day < one.valid_from) ??
    versions.at(-1)
  );
}

export function typedShift(shift: Shift): TypedShift {
  return { start: shift.start, end: endOf(shift).end, pause: String(shift.break_minutes ?? 0), base: shift };
}

export function typedVersion(version: PatternVersion): TypedVersion {
  return {
    from: version.valid_from,
    to: version.valid_to ?? "",
    anchor: version.anchor ?? null,
    holidays: version.observes_holidays,
    source: version.source,
    days: version.days.map(({ shifts = [], ramadan }) => ({
      shifts: shifts.map(typedShift),
      ramadan: ramadan == null ? null : ramadan.map(typedShift),
    })),
  };
}

/** An office from Monday to Friday, to begin with. */
export function emptyVersion(today: string): TypedVersion {
  const shift = { start: "07:30", end: "16:00", pause: "60", base: {} };
  const days = Array.from({ length: 7 }, (_, n) => ({ shifts: n < 5 ? [{ ...shift }] : [], ramadan: null }));
  return { from: today, to: "", anchor: null, holidays: true, source: "", days };
}

/** Whether a shift has what it needs. */
export function isWhole({ start, end, pause }: TypedShift): boolean {
  return start !== "" && end !== "" && /^\d{1,4}$/.test(pause.trim() || "0");
}

/** As it is sent. The same time at both ends is a whole day. */
export function sentShift({ start, end, pause, base }: TypedShift): Shift {
  const length = (minutesOf(end) - minutesOf(start) + DAY) % DAY || DAY;
  return {
    break_minutes: Number(pause.trim() || 0),
    flexible_minutes: base.flexible_minutes ?? 0,
    opens_minutes: base.opens_minutes ?? 180,
    closes_minutes: base.closes_minutes ?? 480,
    kind: base.kind ?? "fixed",
    start,
    minutes: length,
  };
}

export function sentVersion(typed: TypedVersion) {
  return {
    valid_from: typed.from,
    valid_to: typed.to === "" ? null : typed.to,
    anchor: typed.anchor,
    observes_holidays: typed.holidays,
    source: typed.source.trim(),
    days: typed.days.map(({ shifts, ramadan }) => ({
      shifts: shifts.map(sentShift),
      ramadan: ramadan === null ? null : ramadan.map(sentShift),
    })),
  };
}
