/** What the screens say of a directory record on one day. Pure. */

import type { Assignment, Employee, Unit } from "../api/directory";

interface Period {
  valid_from: string;
  valid_to?: string | null;
}

export function holds(period: Period, day: string): boolean {
  return period.valid_from <= day && (period.valid_to == null || day <= period.valid_to);
}

/** The name with its academic titles: `dr. Siti Aminah, M.Kes.`. */
export function displayName({ name, title_before, title_after }: Employee): string {
  const whole = `${title_before} ${name}`.trim();
  return title_after === "" ? whole : `${whole}, ${title_after}`;
}

/** The number of a day; null when there is none. */
export function numberOn({ numbers }: Employee, day: string): string | null {
  return numbers.find((one) => holds(one, day))?.number ?? null;
}

/** The own post of a day; null when there is none. */
export function postOn({ assignments }: Employee, day: string): Assignment | null {
  return assignments.find((one) => one.kind === "primary" && holds(one, day)) ?? null;
}

/** As a NIP is written: birth, start or agreement, sex, sequence. */
export function grouped(number: string): string {
  return number.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, "$1 $2 $3 $4");
}

/** The newest first; acting posts after the own one of the same day. */
export function newestFirst<T extends Period & { kind?: string }>(periods: readonly T[]): T[] {
  const acting = (one: T) => Number(one.kind !== undefined && one.kind !== "primary");
  return [...periods].sort((a, b) => b.valid_from.localeCompare(a.valid_from) || acting(a) - acting(b));
}

/** Units as choices; `depth` says how far one is set in below the ones above it. */
export function unitChoices(units: readonly Unit[]): { value: string; label: string; depth: number }[] {
  return units.map(({ id, name, depth }) => ({ value: id, label: name, depth }));
}
