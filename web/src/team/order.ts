import type { Person } from "../api/types";

const RANKS = { not_yet: 0, present: 1, away: 2, off: 3 } as const;

/** Whoever is missing first, then those who came, the latest first, then who need not come; by name among equals. */
export function inOrder(people: readonly Person[]): Person[] {
  return [...people].sort((one, other) => {
    if (one.state !== other.state) return RANKS[one.state] - RANKS[other.state];
    const later = (other.first_at ?? "").localeCompare(one.first_at ?? "");
    return later !== 0 ? later : one.name.localeCompare(other.name, "id");
  });
}
