/** Which units somebody answers for. Pure. */

import type { Assignment, Unit } from "../api/directory";
import { holds } from "../directory/records";

/** The units somebody holds a post in on a day. */
export function unitsHeld(assignments: readonly Assignment[], day: string): string[] {
  return [...new Set(assignments.filter((one) => holds(one, day)).map(({ unit_id }) => unit_id))];
}

/** These units and all below them; the tree has parents before their children. */
export function withBelow(units: readonly string[], tree: readonly Pick<Unit, "id" | "parent_id">[]): Set<string> {
  const found = new Set(units);
  for (const { id, parent_id } of tree) {
    if (parent_id !== null && found.has(parent_id)) found.add(id);
  }
  return found;
}
