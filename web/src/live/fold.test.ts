import { describe, expect, test } from "vitest";
import type { PersonFrame, Presence, PresenceFrame, Totals } from "../api/types";
import { foldDevices, foldFreshness, foldPresence, mergeFeed, mergePresence, movesCard, NOTHING_YET } from "./fold";

const DATE = "2026-08-03";
const at = (second: number) => `2026-08-03T00:31:${String(second).padStart(2, "0")}Z`;
const totals = (present: number): Totals => ({
  expected: 10,
  present,
  away: 0,
  off: 0,
  not_yet: 10 - present,
  last_at: at(0),
});
const person = (id: string, second: number, count = 1): PersonFrame => ({
  date: DATE,
  incomplete: false,
  employee_id: id,
  name: `Nama ${id}`,
  post_title: null,
  unit: { id: "u1", name: "Unit" },
  state: "present",
  first_at: at(second),
  last_at: at(second),
  first_site: { id: "s1", name: "Balai", zone: "Asia/Jayapura" },
  count,
  late_minutes: 0,
});
const frame = (second: number, present: number, people: PresenceFrame["people"] = []): PresenceFrame => ({
  units: [{ unit_id: "u1", totals: totals(present) }],
  people,
  cards: [],
  as_of: at(second),
});
const answer = (second: number, present: number): Presence => ({
  date: DATE,
  unit: { id: "root", name: "Kota", short_name: "Kota", path: [] },
  totals: totals(present),
  children: [{ unit: { id: "u1", name: "Unit", short_name: "U", has_children: false }, totals: totals(present) }],
  freshness: { as_of: at(second), complete_to: at(second), lagging_sources: [] },
  completeness: {
    devices_total: 212,
    devices_silent: 0,
    devices_never_seen: 212,
    devices_pending: 0,
    incomplete_employees: 0,
  },
});
const shown = (presence: Presence) => presence.children[0]?.totals.present;

describe("the newer of answer and stream wins", () => {
  test("a later frame replaces the answer", () => {
    expect(shown(mergePresence(answer(1, 3), foldPresence(NOTHING_YET, frame(2, 4), DATE)))).toBe(4);
  });
  test("a later answer replaces the frame", () => {
    expect(shown(mergePresence(answer(3, 5), foldPresence(NOTHING_YET, frame(2, 4), DATE)))).toBe(5);
  });
  test("order and repetition of frames do not matter", () => {
    const frames = [frame(2, 4), frame(3, 5), frame(4, 6)];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0, 2, 1],
    ]) {
      const live = order.reduce((now, i) => foldPresence(now, frames[i] ?? frame(0, 0), DATE), NOTHING_YET);
      expect(shown(mergePresence(answer(1, 3), live))).toBe(6);
    }
  });
  test("so it is for freshness", () => {
    const newer = foldFreshness(NOTHING_YET, answer(9, 0).freshness);
    expect(foldFreshness(newer, answer(8, 0).freshness)).toBe(newer);
    expect(mergePresence(answer(1, 3), newer).freshness.complete_to).toBe(at(9));
    expect(mergePresence(answer(10, 3), newer).freshness.complete_to).toBe(at(10));
  });
});

test("a change is counted once a change, for the mark on its row", () => {
  const once = foldPresence(NOTHING_YET, frame(2, 4), DATE);
  expect(once.units.get("u1")?.changes).toBe(1);
  expect(foldPresence(once, frame(3, 5), DATE).units.get("u1")?.changes).toBe(2);
  expect(foldPresence(once, frame(1, 2), DATE).units.get("u1")?.changes).toBe(1);
});

test("a count of the whole fleet replaces only a count of the whole fleet", () => {
  const live = foldDevices(NOTHING_YET, { totals: { total: 212, live: 204, silent: 3, pending: 1, never_seen: 5 } });
  const { completeness } = answer(1, 3);
  expect(mergePresence(answer(1, 3), live).completeness).toEqual({
    ...completeness,
    devices_silent: 3,
    devices_never_seen: 5,
    devices_pending: 1,
  });
  const few = { ...completeness, devices_total: 4, devices_silent: 1, devices_never_seen: 2 };
  expect(mergePresence({ ...answer(1, 3), completeness: few }, live).completeness).toEqual(few);
});

describe("cards", () => {
  const naming = (ids: string[] | null) => ({
    ...frame(1, 1),
    cards: ids?.map((employee_id) => ({ employee_id, date: DATE })) ?? null,
  });
  const mine = (employee: string) => employee === "b";

  test("a frame moves the cards it names, none when it names none", () => {
    expect(movesCard(naming(["a", "b"]), mine)).toBe(true);
    expect(movesCard(naming(["a"]), mine)).toBe(false);
    expect(movesCard(naming([]), mine)).toBe(false);
  });

  test("more than it could name concerns everybody", () => expect(movesCard(naming(null), mine)).toBe(true));
});

describe("the feed", () => {
  test("newest first, each punch once, and what was there before below it", () => {
    const live = foldPresence(NOTHING_YET, frame(5, 2, [person("a", 3), person("b", 4)]), DATE);
    const twice = foldPresence(live, frame(6, 2, [person("b", 4), person("c", 5)]), DATE);
    const feed = mergeFeed(twice.feed, [person("b", 4), person("z", 1)], 10);
    expect(feed.map((one) => one.person.employee_id)).toEqual(["c", "b", "a", "z"]);
    expect(feed.map((one) => one.fresh)).toEqual([true, true, true, false]);
  });
  test("the second punch of a person is news", () => {
    const live = foldPresence(NOTHING_YET, frame(5, 1, [person("a", 3)]), DATE);
    const again = foldPresence(live, frame(9, 1, [person("a", 8, 2)]), DATE);
    expect(again.feed.map((one) => one.person.count)).toEqual([2, 1]);
  });
  test("a backlog of another day is shown as such and moves nobody's state", () => {
    const live = foldPresence(NOTHING_YET, frame(5, 0, [{ ...person("a", 3), date: "2026-08-01" }]), DATE);
    expect(live.feed[0]?.otherDate).toBe("2026-08-01");
    expect(live.people.size).toBe(0);
  });
  test("a list that is not ordered by last punch is not passed off as the latest", () => {
    expect(mergeFeed([], [person("a", 1), person("b", 2)], 10)).toEqual([]);
  });
  test("never grows past its length", () => {
    const live = Array.from({ length: 40 }, (_, i) => i).reduce(
      (now, i) => foldPresence(now, frame(i, 0, [person(`x${i}`, i), person(`y${i}`, i)]), DATE),
      NOTHING_YET,
    );
    expect(live.feed).toHaveLength(50);
    expect(live.feed[0]?.person.last_at).toBe(at(39));
  });
});
