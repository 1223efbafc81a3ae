/** What was recorded before and may be done again. Pure. */

import type { Activity } from "../api/appraisal";

/** How many are offered. */
const MOST = 5;

const stands = ({ status }: Activity) => status !== "withdrawn" && status !== "rejected";

/** Two texts are the same however they are spaced and capitalised. */
const key = ({ what }: Pick<Activity, "what">) => what.trim().replace(/\s+/g, " ").toLocaleLowerCase("id");

/** Distinct texts, the most frequent first, the later among equals; each as it was recorded last. */
export function frequentOf(newestFirst: readonly Activity[]): Activity[] {
  const found = new Map<string, { last: Activity; count: number }>();
  for (const one of newestFirst.filter(stands)) {
    const known = found.get(key(one));
    if (known === undefined) found.set(key(one), { last: one, count: 1 });
    else known.count += 1;
  }
  // Sorting keeps the order of equals: the one recorded later comes first.
  return [...found.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ last }) => last);
}

/**
 * What the last day before `date` with activities had, in the order it was recorded, without what `date` has already;
 * null where there is nothing left. That day is yesterday, or Friday on a Monday.
 */
export function repeatable(newestFirst: readonly Activity[], date: string): { date: string; items: Activity[] } | null {
  const before = newestFirst.filter((one) => one.date < date && stands(one));
  const last = before.at(0)?.date; // they come newest day first
  const had = new Set(newestFirst.filter((one) => one.date === date && one.status !== "withdrawn").map(key));
  const items: Activity[] = [];
  for (const one of before.filter((one) => one.date === last)) {
    if (had.has(key(one))) continue;
    had.add(key(one));
    items.unshift(one);
  }
  return last === undefined || items.length === 0 ? null : { date: last, items };
}
