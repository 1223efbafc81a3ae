/** Counters as they are typed: one a line. Pure. */

export const MOST_COUNTERS = 50;
const LONGEST = 60;

export function countersOf(typed: string): string[] {
  return typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What is wrong with what was typed; null: nothing. */
export function wrongCounters(typed: string): "many" | "long" | "twice" | null {
  const counters = countersOf(typed);
  if (counters.length > MOST_COUNTERS) return "many";
  if (counters.some((one) => one.length > LONGEST)) return "long";
  return new Set(counters).size < counters.length ? "twice" : null;
}
