/** What a card shows beside its numbers. Pure. */

import type { TrendBy } from "../api/queries";
import type { CardDay, CardFigures, SpreadClass, TrendPoint } from "../api/types";
import { shiftDay } from "../format/time";
import type { Translate } from "../i18n";
import { length, type Period } from "../shell/period";

const NOTHING = {
  present: false,
  first_at: null,
  last_at: null,
  first_site: null,
  work: null,
  notes: null,
  ratings_released: 0,
  attention: [],
};

/** The days of a period up to `latest`. */
export function daysOf(period: Pick<Period, "from" | "to">, latest: string): string[] {
  const to = period.to < latest ? period.to : latest;
  const count = Math.max(0, length({ from: period.from, to }));
  return Array.from({ length: count }, (_, at) => shiftDay(period.from, at));
}

/** Every day of a period up to `latest`, with what is known of it; a day that has not come is left out. */
export function filled(days: readonly CardDay[], period: Pick<Period, "from" | "to">, latest: string): CardDay[] {
  const known = new Map(days.map((day) => [day.date, day]));
  return daysOf(period, latest).map((date) => known.get(date) ?? { ...NOTHING, date });
}

/** What has no figure of its own and is not zero throughout, now and before: the first number, and the rest. */
export function others(now: CardFigures, before: CardFigures) {
  return Object.entries(now.more).flatMap(([name, counts]) => {
    const numbers = Object.entries(counts);
    const [first, ...rest] = numbers;
    const known = before.more[name] ?? {};
    if (first === undefined || [...numbers, ...Object.entries(known)].every(([, count]) => count === 0)) return [];
    const [field, value] = first;
    return [{ name, field, value, valueBefore: known[field] ?? 0, rest }];
  });
}

/** How much more or less than before; null where there was nothing to compare with. */
export function change(now: number, before: number): number | null {
  return before === 0 ? null : now - before;
}

/** The share of the month's norm that is done, 0…1; null where the period is no month or no norm is known. */
export function ofNorm({ work }: CardFigures, norm: number | null, span: Period["span"]): number | null {
  return span === "month" && norm !== null && norm > 0 ? Math.min(1, work.effective_minutes / norm) : null;
}

/** Minutes of a day as they are drawn: what counts, and what is claimed and does not count (yet). */
export interface WorkBar {
  date: string;
  effective: number;
  open: number;
}

export function barOf(date: string, work: CardDay["work"]): WorkBar {
  const effective = work?.effective_minutes ?? 0;
  return { date, effective, open: Math.max(0, (work?.minutes ?? 0) - effective) };
}

/** A class of a spread in words: `di bawah 25%`, `25–49%`, `100% atau lebih`. */
export function classWord({ from_percent: from, below_percent: below }: SpreadClass, t: Translate): string {
  if (below === null) return t("spread.above", { from });
  return from === 0 ? t("spread.below", { below }) : t("spread.between", { from, below });
}

/** What a period is seen among: its own months, or weeks where it is shorter. */
export function trendOf(period: Period): { by: TrendBy; to: string } {
  return { by: period.span === "day" || period.span === "week" ? "week" : "month", to: period.to };
}

/** The points from the first of which anything is known; none where there is nothing at all. */
export function known(points: readonly TrendPoint[]): TrendPoint[] {
  const at = points.findIndex(({ present }) => present !== null);
  return at < 0 ? [] : points.slice(at);
}
