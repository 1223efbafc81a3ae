import { expect, test } from "vitest";
import type { TrendPoint } from "../api/types";
import type { Translate } from "../i18n";
import { classWord, known, trendOf } from "./figures";

const point = (first: string, present: number | null): TrendPoint => ({
  first,
  last: first,
  running: false,
  present,
  expected: present,
  share: null,
  effective_minutes: present,
  ratings: present,
  mean: null,
});

test("weeks beside a day or a week, months beside what is longer", () => {
  const period = { from: "2026-11-23", to: "2026-11-29" };
  expect(trendOf({ span: "week", ...period })).toEqual({ by: "week", to: "2026-11-29" });
  expect(trendOf({ span: "day", ...period }).by).toBe("week");
  expect(trendOf({ span: "month", ...period }).by).toBe("month");
  expect(trendOf({ span: "range", ...period }).by).toBe("month");
});

test("a line begins with the first that is known, and keeps its gaps", () => {
  const points = [point("1", null), point("2", 4), point("3", null), point("4", 0)];
  expect(known(points).map(({ first }) => first)).toEqual(["2", "3", "4"]);
  expect(known([point("1", null)])).toEqual([]);
});

test("a class says where it begins and where it ends", () => {
  const t = ((key: string, values: object) => `${key} ${JSON.stringify(values)}`) as unknown as Translate;
  expect(classWord({ from_percent: 0, below_percent: 25, people: 1 }, t)).toBe('spread.below {"below":25}');
  expect(classWord({ from_percent: 25, below_percent: 50, people: 1 }, t)).toBe(
    'spread.between {"from":25,"below":50}',
  );
  expect(classWord({ from_percent: 100, below_percent: null, people: 1 }, t)).toBe('spread.above {"from":100}');
});
