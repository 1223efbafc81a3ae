import { describe, expect, test } from "vitest";
import { barsOf, peakOf, sumOf } from "./arrivals";

const items = [
  { at_local: "07:25", count: 12 },
  { at_local: "07:35", count: 30 },
];
const bar = (known: string | null, at: string) => barsOf(items, 5, known).find((one) => one.at === at)?.count;

describe("gaps are honest", () => {
  test("a known time without people is zero", () => expect(bar("08:00", "07:30")).toBe(0));
  test("a time that has not come is empty, not zero", () => {
    expect(bar("08:00", "08:00")).toBe(0);
    expect(bar("08:00", "08:05")).toBeNull();
  });
  test("people at sites ahead of the agency's clock count", () => expect(bar("05:30", "07:35")).toBe(30));
  test("a past day is known to its end", () => expect(bar(null, "09:55")).toBe(0));
  test("nothing at all is nothing", () => expect(barsOf([], 5, "08:00")).toEqual([]));
});

test("the axis holds at least 06.00 to 10.00 and stretches for early and late ones", () => {
  const usual = barsOf(items, 5, null);
  expect([usual[0]?.at, usual.at(-1)?.at]).toEqual(["06:00", "09:55"]);
  const wide = barsOf([...items, { at_local: "04:50", count: 1 }, { at_local: "13:10", count: 1 }], 5, null);
  expect([wide[0]?.at, wide.at(-1)?.at]).toEqual(["04:50", "13:10"]);
  expect(sumOf(wide)).toBe(44);
  expect(peakOf(wide)?.at).toBe("07:35");
});
