/** What one fills cells with: a shift of a pattern, other hours, off, or the pattern again. Pure. */

import type { Shift } from "../api/schedules";
import { isWhole, sentShift, type TypedShift } from "./hours";
import type { Wanted } from "./roster";

export interface Brush {
  /** Position among the shifts of the patterns, or one of the others. */
  choice: string;
  other: TypedShift;
}
export const OFF = "off";
export const CLEAR = "clear";
export const OTHER = "other";
export const FIRST: Brush = { choice: OFF, other: { start: "", end: "", pause: "0", base: {} } };

/** undefined while it is not whole. */
export function wantedOf({ choice, other }: Brush, presets: readonly Shift[]): Wanted | undefined {
  if (choice === CLEAR) return null;
  if (choice === OFF) return [];
  if (choice === OTHER) return isWhole(other) ? [sentShift(other)] : undefined;
  const shift = presets[Number(choice)];
  return shift === undefined ? undefined : [shift];
}
