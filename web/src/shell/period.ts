/** Periods of local days: a day, a week (from Monday), a month, or any first and last day. Pure. */

import { isDay, shiftDay } from "../format/time";

export const SPANS = ["day", "week", "month", "range"] as const;
export type Span = (typeof SPANS)[number];

/** Whole days, both included. */
export interface Period {
  span: Span;
  from: string;
  to: string;
}

/** What the API answers at once. */
export const LONGEST = 366;
/** Nothing is older; a year that is still being typed (0202) is none. */
export const EARLIEST = "2000-01-01";

/** The day, week or month that `date` is in. A range starts out as the month, to be changed from there. */
export function around(span: Span, date: string): Period {
  if (span === "day") return { span, from: date, to: date };
  if (span === "week") {
    const sinceMonday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
    const from = shiftDay(date, -sinceMonday);
    return { span, from, to: shiftDay(from, 6) };
  }
  const from = `${date.slice(0, 7)}-01`;
  const next = `${shiftDay(from, 31).slice(0, 7)}-01`;
  return { span, from, to: shiftDay(next, -1) };
}

/** How many days it has; below one when its ends are the wrong way round. */
export function length({ from, to }: Pick<Period, "from" | "to">): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}

/** The period before (-1) or after (1): a range moves by its own length. */
export function stepped(period: Period, by: -1 | 1): Period {
  const beside = by === 1 ? shiftDay(period.to, 1) : shiftDay(period.from, -1);
  if (period.span !== "range") return around(period.span, beside);
  const days = by * length(period);
  return { span: "range", from: shiftDay(period.from, days), to: shiftDay(period.to, days) };
}

/** A day that can be shown. */
export function isShown(date: string): boolean {
  return isDay(date) && date >= EARLIEST;
}

/** Why two days are no period; null when they are one. */
export function wrong(from: string, to: string): "day" | "order" | "long" | null {
  if (!isShown(from) || !isShown(to)) return "day";
  if (from > to) return "order";
  return length({ from, to }) > LONGEST ? "long" : null;
}

/** What to choose from, newest first: the last `count` weeks or months, and the one shown where it is older. */
export function choices(shown: Period, latest: string, count: number): Period[] {
  const found = [around(shown.span, latest)];
  for (let last = found[0]; last !== undefined && found.length < count; last = found.at(-1)) {
    found.push(stepped(last, -1));
  }
  return found.some((one) => one.from === shown.from)
    ? found
    : [...found, shown].sort((a, b) => (a.from < b.from ? 1 : -1));
}
