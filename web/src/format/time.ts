/**
 * Dates and times of day as the state writes them: `Sen, 3 Agu 2026`, `07.31 WIB`. A time is always said in a named
 * IANA zone (the site's or the agency's), never in the browser's: a laptop in Jayapura reads Ternate's clock right.
 */

export type Language = "id" | "en";

const LOCALE: Record<Language, string> = { id: "id-ID", en: "en-GB" };

/** Legal names of the three Indonesian zones (Keppres 41/1987); other zones show their offset. */
const ZONE_NAME: Record<string, string> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Ujung_Pandang": "WITA",
  "Asia/Jayapura": "WIT",
};

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(LOCALE[language], options);
    formats.set(key, found);
  }
  return found;
}

/** `WIB`, `WITA`, `WIT`, or an offset such as `GMT+8` for a zone outside Indonesia. */
export function zoneName(zone: string, at: string): string {
  const known = ZONE_NAME[zone];
  if (known !== undefined) return known;
  const parts = format("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** `07.31` (id) or `07:31` (en) on the clock of `zone`. */
export function clock(at: string, zone: string, language: Language): string {
  return format(language, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    new Date(at),
  );
}

/** `09.14.32`: with seconds, where freshness is the message. */
export function clockWithSeconds(at: string, zone: string, language: Language): string {
  return format(language, {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));
}

/** `07.31 WIB`. */
export function zonedClock(at: string, zone: string, language: Language): string {
  return `${clock(at, zone, language)} ${zoneName(zone, at)}`;
}

/** The local calendar day `YYYY-MM-DD` of an instant in `zone`. */
export function localDate(at: string, zone: string): string {
  const parts = format("en", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(
    new Date(at),
  );
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** `Sen, 3 Agu 2026` from a calendar day; a day has no zone, so none may shift it. */
export function day(date: string, language: Language): string {
  return format(language, {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  }).format(new Date(`${date}T00:00:00Z`));
}

/** `Sen`: the short name of a day of the week, 1 (Monday) to 7. */
export function weekday(number: number, language: Language): string {
  const monday = Date.UTC(2026, 7, 3);
  return format(language, { timeZone: "UTC", weekday: "short" }).format(monday + (number - 1) * 86_400_000);
}

/** `Agustus 2026`, of any day in it. */
export function month(date: string, language: Language): string {
  return format(language, { timeZone: "UTC", month: "long", year: "numeric" }).format(new Date(`${date}T00:00:00Z`));
}

/** `3–9 Agu 2026`: a stretch of whole days. */
export function days(from: string, to: string, language: Language): string {
  const end = (date: string) => new Date(`${date}T00:00:00Z`);
  const options = { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" } as const;
  return format(language, options).formatRange(end(from), end(to));
}

/** `Sen, 3 Agu 2026, 07.31 WIB`: for what need not have been today. */
export function dayAndClock(at: string, zone: string, language: Language): string {
  return `${day(localDate(at, zone), language)}, ${zonedClock(at, zone, language)}`;
}

/** The calendar day `days` after (or before) `date`. */
export function shiftDay(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** True for a real calendar day written `YYYY-MM-DD`: what may come from an address. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export interface Age {
  unit: "second" | "minute" | "hour" | "day";
  count: number;
}

/** A length of time in its largest whole unit; below zero counts as zero (clocks differ a little). */
export function age(seconds: number): Age {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return { unit: "second", count: whole };
  if (whole < 3600) return { unit: "minute", count: Math.floor(whole / 60) };
  if (whole < 86_400) return { unit: "hour", count: Math.floor(whole / 3600) };
  return { unit: "day", count: Math.floor(whole / 86_400) };
}

/** Seconds from `from` to `to`. */
export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
