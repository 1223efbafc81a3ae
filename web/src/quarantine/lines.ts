/** What may be done with held lines, by why they are held. Pure. */

import type { HeldLine, Reason } from "../api/attendance";

/** map: say whose PIN it is; accept: the date is right; dismiss: it will never be a punch. */
export type Action = "map" | "accept" | "dismiss";

const ACTIONS: Record<Reason, readonly Action[]> = {
  unknown_pin: ["map", "dismiss"],
  absurd_date: ["accept", "dismiss"],
  malformed: ["dismiss"],
};

export function actionsFor(reason: Reason): readonly Action[] {
  return ACTIONS[reason];
}

/** Lines of one PIN together, in the order in which the PINs first come. */
export function byPin(lines: readonly HeldLine[]): HeldLine[][] {
  const groups = new Map<string, HeldLine[]>();
  for (const line of lines) {
    const key = `${line.space} ${line.pin}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()];
}
