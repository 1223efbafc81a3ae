import { describe, expect, test } from "vitest";
import { href, periodParts, readPeriod } from "./address";
import { around, choices, length, type Period, stepped, wrong } from "./period";

const TODAY = "2026-08-05"; // a Wednesday
const search = (text: string) => new URLSearchParams(text);

test.each([
  ["day", "2026-08-05", "2026-08-05", "2026-08-05"],
  ["week", "2026-08-05", "2026-08-03", "2026-08-09"],
  ["week", "2026-08-03", "2026-08-03", "2026-08-09"],
  ["week", "2026-08-09", "2026-08-03", "2026-08-09"],
  ["week", "2027-01-01", "2026-12-28", "2027-01-03"],
  ["month", "2026-08-31", "2026-08-01", "2026-08-31"],
  ["month", "2028-02-10", "2028-02-01", "2028-02-29"],
  ["month", "2026-12-05", "2026-12-01", "2026-12-31"],
] as const)("the %s of %s is %s to %s", (span, date, from, to) => {
  expect(around(span, date)).toEqual({ span, from, to });
});

describe("a step", () => {
  test.each([
    [around("day", "2026-03-01"), "2026-02-28", "2026-02-28"],
    [around("week", "2026-01-01"), "2025-12-22", "2025-12-28"],
    [around("month", "2026-03-31"), "2026-02-01", "2026-02-28"],
    [{ span: "range", from: "2026-08-10", to: "2026-08-19" } as Period, "2026-07-31", "2026-08-09"],
  ])("back from %o", (period, from, to) => {
    expect(stepped(period, -1)).toEqual({ span: period.span, from, to });
  });
  test("there and back again is where one was, for every span and day of two years", () => {
    for (let day = 0; day < 731; day++) {
      const date = new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10);
      for (const span of ["day", "week", "month"] as const) {
        const period = around(span, date);
        expect(period.from <= date && date <= period.to).toBe(true);
        expect(stepped(stepped(period, 1), -1)).toEqual(period);
        expect(length({ from: period.from, to: stepped(period, 1).from })).toBe(length(period) + 1);
      }
    }
  });
});

test("what is no period is said with its reason", () => {
  expect(wrong("2026-08-01", "2026-08-01")).toBeNull();
  expect(wrong("2028-01-01", "2028-12-31")).toBeNull();
  expect(wrong("2027-01-01", "2028-01-02")).toBe("long");
  expect(wrong("2026-08-02", "2026-08-01")).toBe("order");
  expect(wrong("0202-08-01", "2026-08-01")).toBe("day");
  expect(wrong("", "2026-08-01")).toBe("day");
});

test("what can be chosen are the last ones, and an older one that was stepped to", () => {
  const from = (shown: Period) => choices(shown, TODAY, 3).map((one) => one.from);
  expect(from(around("month", TODAY))).toEqual(["2026-08-01", "2026-07-01", "2026-06-01"]);
  expect(from(around("month", "2020-02-03"))).toEqual(["2026-08-01", "2026-07-01", "2026-06-01", "2020-02-01"]);
  expect(from(around("week", TODAY))).toEqual(["2026-08-03", "2026-07-27", "2026-07-20"]);
});

describe("an address", () => {
  test("without a period is of this month", () => {
    expect(readPeriod(search(""), TODAY)).toEqual(around("month", TODAY));
  });
  test("says only what differs from now, so that a link to this week stays this week", () => {
    const link = (period: Period) => href("/data-saya", periodParts(period, TODAY), search("lang=en"));
    expect(link(around("month", TODAY))).toBe("/data-saya?lang=en");
    expect(link(around("week", TODAY))).toBe("/data-saya?span=week&lang=en");
    expect(link(around("week", "2026-07-01"))).toBe("/data-saya?span=week&from=2026-06-29&lang=en");
  });
  test("read back says the same", () => {
    const range: Period = { span: "range", from: "2026-07-03", to: "2026-07-05" };
    for (const period of [range, ...(["day", "week", "month"] as const).map((span) => around(span, "2025-02-03"))]) {
      const said = href("/data-saya", periodParts(period, TODAY), search(""));
      expect(readPeriod(new URL(said, "http://x").searchParams, TODAY)).toEqual(period);
    }
  });
  test("that cannot be read is left out, not guessed", () => {
    for (const text of [
      "span=year",
      "span=month&from=2026-02-30",
      "span=range&from=2026-02-03",
      "span=range&from=2026-02-03&to=2026-02-01",
    ]) {
      expect(readPeriod(search(text), TODAY)).toEqual(around("month", TODAY));
    }
  });
});
