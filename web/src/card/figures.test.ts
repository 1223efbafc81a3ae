import { expect, test } from "vitest";
import type { CardDay, CardFigures } from "../api/types";
import { change, filled, ofNorm, others } from "./figures";

const work = { entries: 1, waiting: 0, validated: 1, returned: 0, rejected: 0, minutes: 60 };
const day = (date: string): CardDay => ({
  date,
  present: true,
  first_at: null,
  last_at: null,
  first_site: null,
  work: { ...work, validated_minutes: 60, effective_minutes: 60 },
  notes: null,
  ratings_released: 0,
  attention: [],
});
const figures = (effective_minutes: number): CardFigures => ({
  days_present: 1,
  days_with_activity: 1,
  work: { ...work, validated_minutes: effective_minutes, effective_minutes },
  validating: { decided: 0, late: 0, became_overdue: 0 },
  notes: { given: 0, praise_given: 0, received: 0, praise_received: 0, requested: 0, answered: 0 },
  rated: { ratings: 0, distribution: [0, 0, 0, 0, 0] },
  more: {},
});

test("every day that has come is there, whether anything is known of it or not", () => {
  const found = filled([day("2026-11-24")], { from: "2026-11-23", to: "2026-11-29" }, "2026-11-25");
  expect(found.map(({ date, present }) => [date, present])).toEqual([
    ["2026-11-23", false],
    ["2026-11-24", true],
    ["2026-11-25", false],
  ]);
  expect(filled([], { from: "2026-12-01", to: "2026-12-31" }, "2026-11-25")).toEqual([]);
});

test("nothing before is nothing to compare with", () => {
  expect(change(5, 0)).toBeNull();
  expect(change(5, 8)).toBe(-3);
});

test("the norm is a month's, and more than all of it is all of it", () => {
  expect(ofNorm(figures(3375), 6750, "month")).toBe(0.5);
  expect(ofNorm(figures(9000), 6750, "month")).toBe(1);
  expect(ofNorm(figures(100), 6750, "week")).toBeNull();
  expect(ofNorm(figures(100), null, "month")).toBeNull();
});

test("what has no figure of its own is told by its first number, where there is any", () => {
  const now = { ...figures(0), more: { training: { hours: 6, courses: 2 }, unused: { times: 0 } } };
  const before = { ...figures(0), more: { training: { hours: 4, courses: 1 }, unused: { times: 0 } } };
  expect(others(now, before)).toEqual([
    { name: "training", field: "hours", value: 6, valueBefore: 4, rest: [["courses", 2]] },
  ]);
  expect(others({ ...now, more: { training: { hours: 0 } } }, before)).toMatchObject([{ value: 0, valueBefore: 4 }]);
  expect(others(now, figures(0))[0]).toMatchObject({ value: 6, valueBefore: 0 });
});
