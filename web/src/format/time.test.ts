import { describe, expect, test } from "vitest";
import {
  age,
  clock,
  clockWithSeconds,
  day,
  dayAndClock,
  days,
  isDay,
  localDate,
  month,
  secondsBetween,
  shiftDay,
  zonedClock,
} from "./time";

const MORNING = "2026-08-03T00:31:07Z";

describe("a time is said on the clock of its place", () => {
  test.each([
    ["Asia/Jakarta", "07.31 WIB"],
    ["Asia/Pontianak", "07.31 WIB"],
    ["Asia/Makassar", "08.31 WITA"],
    ["Asia/Jayapura", "09.31 WIT"],
    ["Asia/Tokyo", "09.31 GMT+9"],
    ["Asia/Kathmandu", "06.16 GMT+5:45"],
  ])("%s", (zone, words) => expect(zonedClock(MORNING, zone, "id")).toBe(words));

  test("with a colon in English", () => expect(clock(MORNING, "Asia/Jayapura", "en")).toBe("09:31"));
  test("with the day that it is there, where it need not be today's", () => {
    expect(dayAndClock("2026-08-03T16:30:00Z", "Asia/Jayapura", "id")).toBe("Sel, 4 Agu 2026, 01.30 WIT");
  });
  test("with seconds for freshness", () => {
    expect(clockWithSeconds(MORNING, "Asia/Jakarta", "id")).toBe("07.31.07");
    expect(clockWithSeconds(MORNING, "Asia/Jakarta", "en")).toBe("07:31:07");
  });
  test("midnight is 00, not 24", () => {
    expect(clock("2026-08-02T17:00:00Z", "Asia/Jakarta", "id")).toBe("00.00");
    expect(clock("2026-08-02T17:00:00Z", "Asia/Jakarta", "en")).toBe("00:00");
  });
});

describe("a day is a calendar day", () => {
  test("in words", () => {
    expect(day("2026-08-03", "id")).toBe("Sen, 3 Agu 2026");
    expect(day("2026-08-03", "en")).toBe("Mon, 3 Aug 2026");
  });
  test("of the place, not of UTC", () => {
    expect(localDate("2026-08-02T16:59:59Z", "Asia/Jakarta")).toBe("2026-08-02");
    expect(localDate("2026-08-02T17:00:00Z", "Asia/Jakarta")).toBe("2026-08-03");
    expect(localDate("2026-08-02T15:00:00Z", "Asia/Jayapura")).toBe("2026-08-03");
  });
  test("steps over months and leap days", () => {
    expect(shiftDay("2026-08-31", 1)).toBe("2026-09-01");
    expect(shiftDay("2028-03-01", -1)).toBe("2028-02-29");
  });
  test("only real ones count", () => {
    expect(isDay("2028-02-29")).toBe(true);
    for (const text of ["2026-02-29", "2026-13-01", "2026-8-3", "", "today", "2026-08-03T00:00:00Z"]) {
      expect(isDay(text)).toBe(false);
    }
  });
});

test("an age is its largest whole unit, and never negative", () => {
  expect(age(-3)).toEqual({ unit: "second", count: 0 });
  expect(age(59.9)).toEqual({ unit: "second", count: 59 });
  expect(age(60)).toEqual({ unit: "minute", count: 1 });
  expect(age(3599)).toEqual({ unit: "minute", count: 59 });
  expect(age(7200)).toEqual({ unit: "hour", count: 2 });
  expect(age(86_400 * 3)).toEqual({ unit: "day", count: 3 });
  expect(secondsBetween("2026-08-03T00:00:00Z", "2026-08-03T07:00:30+07:00")).toBe(30);
});

test("a stretch of days says what its ends share once", () => {
  expect(days("2026-08-03", "2026-08-09", "id")).toBe("3–9 Agu 2026");
  // Around the dash stand thin spaces.
  expect(days("2026-12-28", "2027-01-03", "id").replace(/\s/g, " ")).toBe("28 Des 2026 – 3 Jan 2027");
  expect(days("2026-07-27", "2026-08-02", "en").replace(/\s/g, " ")).toBe("27 Jul – 2 Aug 2026");
  expect(month("2026-08-31", "id")).toBe("Agustus 2026");
});
