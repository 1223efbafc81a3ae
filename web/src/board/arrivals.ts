/** The arrival curve: buckets made whole, cut where knowledge ends. Pure. */

import type { ArrivalBucket } from "../api/types";

export interface Bar {
  at: string;
  /** null: that time has not come yet (or is not known yet); zero: known, nobody came. */
  count: number | null;
}

/** The axis spans at least these local hours, so that it does not jump while the morning fills it (minutes). */
const FROM = 6 * 60;
const TO = 10 * 60;

export function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/**
 * `known` is the local time of day (`HH:MM`) up to which arrivals are in, null when the whole day is. Sites east of
 * the agency are ahead of its clock, so a bucket that has people is known whatever the clock says.
 */
export function barsOf(items: readonly ArrivalBucket[], bucket: number, known: string | null): Bar[] {
  if (items.length === 0) return [];
  const counts = new Map(items.map((one) => [minutesOf(one.at_local), one.count]));
  const times = [...counts.keys()];
  const floor = (minutes: number) => Math.floor(minutes / bucket) * bucket;
  const first = floor(Math.min(FROM, ...times));
  const last = floor(Math.max(TO - bucket, ...times));
  const end = Math.max(known === null ? last : minutesOf(known), ...times);
  const bars: Bar[] = [];
  for (let at = first; at <= last; at += bucket) {
    bars.push({ at: clockOf(at), count: at > end ? null : (counts.get(at) ?? 0) });
  }
  return bars;
}

export function sumOf(bars: readonly Bar[]): number {
  return bars.reduce((sum, bar) => sum + (bar.count ?? 0), 0);
}

export function peakOf(bars: readonly Bar[]): Bar | null {
  return bars.reduce<Bar | null>((best, bar) => ((bar.count ?? 0) > (best?.count ?? 0) ? bar : best), null);
}
