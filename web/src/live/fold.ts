/**
 * What the stream has said since the screen opened, folded over the last full answer. Pure: frames in, state out.
 * Totals and people are absolute and carry the instant they were read, so a frame that comes twice, late or out of
 * order changes nothing, and the newer of frame and answer wins.
 */

import type { DevicesFrame, DeviceTotals, Freshness, Person, Presence, PresenceFrame, Totals } from "../api/types";

/** A value with the instant (epoch milliseconds) it was read and how often it has changed on this screen. */
export interface Seen<T> {
  value: T;
  asOf: number;
  changes: number;
}

export interface Arrival {
  key: string;
  person: Person;
  /** Set when the punch belongs to another day than the one on the screen (a terminal's backlog). */
  otherDate: string | null;
  /** Came while the screen was open: worth a mark. */
  fresh: boolean;
}

export interface Live {
  units: ReadonlyMap<string, Seen<Totals>>;
  people: ReadonlyMap<string, Seen<Person>>;
  feed: readonly Arrival[];
  freshness: Freshness | null;
  devices: DeviceTotals | null;
}

export const NOTHING_YET: Live = {
  units: new Map(),
  people: new Map(),
  feed: [],
  freshness: null,
  devices: null,
};

/** Entries kept of the feed: more than a wall shows, few enough to hold for months. */
const FEED_LENGTH = 50;

function put<T>(map: Map<string, Seen<T>>, id: string, value: T, asOf: number): void {
  const before = map.get(id);
  if (before !== undefined && before.asOf > asOf) return;
  map.set(id, { value, asOf, changes: (before?.changes ?? 0) + 1 });
}

export function arrivalKey(person: Person): string {
  return `${person.employee_id} ${person.last_at} ${person.count}`;
}

/** `date` is the day on the screen; people of other days reach the feed only. */
export function foldPresence(live: Live, frame: PresenceFrame, date: string): Live {
  const asOf = Date.parse(frame.as_of);
  const units = new Map(live.units);
  for (const { unit_id, totals } of frame.units) put(units, unit_id, totals, asOf);

  const people = new Map(live.people);
  const known = new Set(live.feed.map((one) => one.key));
  const fresh: Arrival[] = [];
  for (const { date: ofDay, ...person } of frame.people) {
    const otherDate = ofDay === date ? null : ofDay;
    if (otherDate === null) put(people, person.employee_id, person, asOf);
    const key = arrivalKey(person);
    if (person.last_at === null || known.has(key)) continue;
    known.add(key);
    fresh.push({ key, person, otherDate, fresh: true });
  }
  const feed = fresh.length === 0 ? live.feed : [...newestFirst(fresh), ...live.feed].slice(0, FEED_LENGTH);
  return { ...live, units, people, feed };
}

/** Whether a frame says that a card has moved that `concerns`: also when it could not name them all. */
export function movesCard({ cards }: PresenceFrame, concerns: (employee: string) => boolean): boolean {
  return cards == null || cards.some((one) => concerns(one.employee_id));
}

export function foldFreshness(live: Live, freshness: Freshness): Live {
  if (live.freshness !== null && Date.parse(live.freshness.as_of) > Date.parse(freshness.as_of)) return live;
  return { ...live, freshness };
}

export function foldDevices(live: Live, frame: DevicesFrame): Live {
  return { ...live, devices: frame.totals };
}

function newestFirst(arrivals: Arrival[]): Arrival[] {
  return arrivals.sort((a, b) => Date.parse(b.person.last_at ?? "") - Date.parse(a.person.last_at ?? ""));
}

/** The newer of what the answer (read at `asOf`) and the stream say of one unit. */
export function newerTotals(live: Live, unit: string, totals: Totals, asOf: number): Totals {
  const seen = live.units.get(unit);
  return seen !== undefined && seen.asOf >= asOf ? seen.value : totals;
}

/** The last full answer with everything newer that the stream has said since. */
export function mergePresence(answer: Presence, live: Live): Presence {
  const asOf = Date.parse(answer.freshness.as_of);
  const freshness =
    live.freshness !== null && Date.parse(live.freshness.as_of) >= asOf ? live.freshness : answer.freshness;
  const { devices_total } = answer.completeness;
  // The frame counts the whole fleet: it may only replace a count of the same terminals.
  const completeness =
    live.devices !== null && live.devices.total === devices_total
      ? {
          ...answer.completeness,
          devices_silent: live.devices.silent,
          devices_never_seen: live.devices.never_seen,
          devices_pending: live.devices.pending,
        }
      : answer.completeness;
  return {
    ...answer,
    totals: newerTotals(live, answer.unit.id, answer.totals, asOf),
    children: answer.children.map((child) => ({
      ...child,
      totals: newerTotals(live, child.unit.id, child.totals, asOf),
    })),
    freshness,
    completeness,
  };
}

/**
 * The feed: what came by the stream, then what was there before it. `earlier` is used only if it is really ordered
 * by last punch, newest first.
 */
export function mergeFeed(heard: Live["feed"], earlier: readonly Person[], length: number): Arrival[] {
  const known = new Set(heard.map((one) => one.key));
  const before = isNewestFirst(earlier)
    ? earlier
        .map((person) => ({ key: arrivalKey(person), person, otherDate: null, fresh: false }))
        .filter((one) => !known.has(one.key))
    : [];
  return [...heard, ...before].slice(0, length);
}

function isNewestFirst(people: readonly Person[]): boolean {
  return people.every((person, i) => {
    const next = people[i + 1];
    if (person.last_at === null) return false;
    return next === undefined || (next.last_at !== null && Date.parse(person.last_at) >= Date.parse(next.last_at));
  });
}
