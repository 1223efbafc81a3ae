/** A unit's dated versions, and what becomes of them when something changes from a day on. Pure. */

import type { Unit, UnitVersion } from "../api/directory";
import { holds, newestFirst } from "../directory/records";
import { shiftDay } from "../format/time";

export const UNITS = "/unit";

/** What a version says beside its days. */
export interface Place {
  name: string;
  short_name: string;
  parent_id: string | null;
}

/** The version of a day; null when the unit does not exist then. */
export function versionOn(versions: readonly UnitVersion[], day: string): UnitVersion | null {
  return versions.find((one) => holds(one, day)) ?? null;
}

/**
 * Another name or place from `day` on: the version of that day ends the day before and a new one goes on to its end.
 * Versions that begin later stay as they are. null: the unit does not exist on that day.
 */
export function changedFrom(versions: readonly UnitVersion[], day: string, place: Place): UnitVersion[] | null {
  const present = versionOn(versions, day);
  if (present === null) return null;
  const others = versions.filter((one) => one !== present);
  const after = { ...place, valid_from: day, valid_to: present.valid_to ?? null };
  const before = present.valid_from < day ? [{ ...present, valid_to: shiftDay(day, -1) }] : [];
  return [...others, ...before, after];
}

/** The unit ends with `day`: what begins later is dropped. null: it does not exist on that day. */
export function closedOn(versions: readonly UnitVersion[], day: string): UnitVersion[] | null {
  const present = versionOn(versions, day);
  if (present === null) return null;
  return [...versions.filter((one) => one.valid_from < present.valid_from), { ...present, valid_to: day }];
}

export function newest(versions: readonly UnitVersion[]): UnitVersion | undefined {
  return newestFirst(versions)[0];
}

export interface Branch {
  value: string;
  label: string;
  children?: Branch[];
}

/** The list of the API (a parent before its children) as the tree that it is. */
export function treeOf(units: readonly Unit[]): Branch[] {
  const branches = new Map(units.map(({ id, name }) => [id, { value: id, label: name } as Branch]));
  const roots: Branch[] = [];
  for (const unit of units) {
    const branch = branches.get(unit.id) as Branch;
    const parent = unit.parent_id == null ? undefined : branches.get(unit.parent_id);
    if (parent === undefined) roots.push(branch);
    else parent.children = [...(parent.children ?? []), branch];
  }
  return roots;
}

/** The units above one, from the root down. */
export function pathTo(units: readonly Unit[], id: string | null): string[] {
  const above = new Map(units.map((unit) => [unit.id, unit.parent_id]));
  const path: string[] = [];
  for (let one = id === null ? null : above.get(id); one != null; one = above.get(one)) path.unshift(one);
  return path;
}
