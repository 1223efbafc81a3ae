/** The list of people with what the stream has said since it was fetched. Pure. */

import type { Person, StateFilter } from "../api/types";
import type { Live } from "../live/fold";

export interface PeopleView {
  items: Person[];
  /** People that came in while the list was open move its length too; null: not counted. */
  total: number | null;
}

/**
 * `asOf` is when the oldest loaded page was read. With the filter "not yet", people who came in leave the list; with
 * "present", those who came in for the first time stand at its top until the next full answer puts them in order.
 */
export function mergePeople(
  items: readonly Person[],
  total: number | null,
  live: Live,
  asOf: number,
  state: StateFilter,
  q: string,
): PeopleView {
  const merged = items.map((person) => {
    const seen = live.people.get(person.employee_id);
    return seen !== undefined && seen.asOf >= asOf ? seen.value : person;
  });
  if (state === "all") return { items: merged, total };
  if (state !== "present") {
    const left = merged.filter((person) => person.state === state);
    return { items: left, total: total === null ? null : total - (merged.length - left.length) };
  }
  const listed = new Set(items.map((person) => person.employee_id));
  const wanted = q.toLocaleLowerCase("id");
  const came = [...live.people.values()]
    .filter(({ value, asOf: read }) => read >= asOf && value.count === 1 && value.state === "present")
    .map(({ value }) => value)
    .filter((person) => !listed.has(person.employee_id) && person.name.toLocaleLowerCase("id").includes(wanted))
    .reverse();
  return { items: [...came, ...merged], total: total === null ? null : total + came.length };
}
