import { expect, test } from "vitest";
import type { ChildUnit } from "../api/types";
import { ATTENTION, ordered } from "./order";

const unit = (name: string, present: number, expected: number, last_at: string | null = null): ChildUnit => ({
  unit: { id: name, name, short_name: name, has_children: false },
  totals: { expected, present, away: 0, off: 0, not_yet: expected - present, last_at },
});
const names = (units: ChildUnit[]) => units.map((one) => one.unit.name);

test("lowest presence first, then where most are missing; nobody to expect comes last", () => {
  const units = [unit("penuh", 10, 10), unit("kosong", 0, 0), unit("separuh", 5, 10), unit("separuh besar", 50, 100)];
  expect(names(ordered(units, ATTENTION))).toEqual(["separuh besar", "separuh", "penuh", "kosong"]);
});

test("units without a value stay last when the order is turned", () => {
  const units = [unit("a", 0, 5), unit("b", 1, 5, "2026-08-03T00:10:00Z"), unit("c", 1, 5, "2026-08-03T00:20:00Z")];
  expect(names(ordered(units, { column: "last", descending: true }))).toEqual(["c", "b", "a"]);
  expect(names(ordered(units, { column: "last", descending: false }))).toEqual(["b", "c", "a"]);
});

test("names count as people count", () => {
  const units = ["SDN 10", "SDN 2", "sdn 1"].map((name) => unit(name, 0, 1));
  expect(names(ordered(units, { column: "unit", descending: false }))).toEqual(["sdn 1", "SDN 2", "SDN 10"]);
});
