import { expect, it } from "vitest";
import type { Person } from "../api/types";
import { inOrder } from "./order";

const person = (name: string, first_at: string | null): Person => ({
  employee_id: name,
  name,
  post_title: null,
  unit: { id: "u", name: "U", code: "U", short_name: "U" } as Person["unit"],
  state: first_at === null ? "not_yet" : "present",
  first_at,
  last_at: first_at,
  first_site: null,
  count: first_at === null ? 0 : 1,
  status: null,
  late_minutes: 0,
  incomplete: false,
});

it("puts first who is not recorded yet, then who came last", () => {
  const early = person("Ani", "2026-08-03T00:10:00Z");
  const late = person("Budi", "2026-08-03T01:10:00Z");
  const people = [early, person("Dodi", null), late, person("Citra", null)];
  expect(inOrder(people).map(({ name }) => name)).toEqual(["Citra", "Dodi", "Budi", "Ani"]);
});

it("puts last who need not come", () => {
  const people = [
    { ...person("Ani", null), state: "off" } as const,
    { ...person("Budi", null), state: "away" } as const,
    person("Citra", "2026-08-03T00:10:00Z"),
    person("Dodi", null),
  ];
  expect(inOrder(people).map(({ name }) => name)).toEqual(["Dodi", "Citra", "Budi", "Ani"]);
});
