import { expect, test } from "vitest";
import type { Person } from "../api/types";
import { foldPresence, NOTHING_YET } from "../live/fold";
import { mergePeople } from "./merge";

const DATE = "2026-08-03";
const READ = Date.parse("2026-08-03T00:30:00Z");
const someone = (id: string, here: boolean, count = 1): Person => ({
  employee_id: id,
  name: `Nama ${id}`,
  post_title: null,
  unit: { id: "u", name: "Unit" },
  state: here ? "present" : "not_yet",
  status: null,
  late_minutes: 0,
  first_at: here ? "2026-08-03T00:31:00Z" : null,
  last_at: here ? "2026-08-03T00:31:00Z" : null,
  first_site: null,
  count: here ? count : 0,
  incomplete: false,
});
const came = (people: Person[], as_of = "2026-08-03T00:31:01Z") =>
  foldPresence(
    NOTHING_YET,
    { units: [], people: people.map((one) => ({ ...one, date: DATE })), cards: [], as_of },
    DATE,
  );
const ids = (people: readonly Person[]) => people.map((one) => one.employee_id);

test("everybody: the row changes in its place", () => {
  const view = mergePeople([someone("a", false), someone("b", false)], 2, came([someone("b", true)]), READ, "all", "");
  expect(ids(view.items)).toEqual(["a", "b"]);
  expect(view.items[1]?.state).toBe("present");
  expect(view.total).toBe(2);
});

test("not yet: who came in leaves the list and its count", () => {
  const view = mergePeople(
    [someone("a", false), someone("b", false)],
    90,
    came([someone("b", true)]),
    READ,
    "not_yet",
    "",
  );
  expect(ids(view.items)).toEqual(["a"]);
  expect(view.total).toBe(89);
});

test("present: who came in stands on top, once; who only came by again does not", () => {
  const live = came([someone("b", true), someone("c", true), someone("d", true, 2)]);
  const view = mergePeople([someone("a", true), someone("b", true)], 2, live, READ, "present", "");
  expect(ids(view.items)).toEqual(["c", "a", "b"]);
  expect(view.total).toBe(3);
});

test("present: a search holds for those who come in too", () => {
  const live = came([someone("c", true), someone("d", true)]);
  expect(ids(mergePeople([], 0, live, READ, "present", "NAMA C").items)).toEqual(["c"]);
});

test("a frame older than the list changes nothing", () => {
  const live = came([someone("a", true)], "2026-08-03T00:29:59Z");
  expect(mergePeople([someone("a", false)], 1, live, READ, "all", "").items[0]?.state).toBe("not_yet");
});

test("a search too wide to count stays uncounted", () => {
  expect(mergePeople([someone("a", false)], null, came([someone("a", true)]), READ, "not_yet", "n").total).toBeNull();
});
