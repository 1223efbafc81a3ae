import type { Person } from "../api/types";

/** Whoever is not recorded yet first, then the latest arrivals; by name among equals. */
export function inOrder(people: readonly Person[]): Person[] {
  return [...people].sort((one, other) => {
    if (one.state !== other.state) return one.state === "not_yet" ? -1 : 1;
    const later = (other.first_at ?? "").localeCompare(one.first_at ?? "");
    return later !== 0 ? later : one.name.localeCompare(other.name, "id");
  });
}
