import { describe, expect, it } from "vitest";
import type { Shift } from "../api/schedules";
import {
  emptyVersion,
  endOf,
  isWhole,
  runs,
  sentShift,
  sentVersion,
  span,
  typedShift,
  typedVersion,
  versionOn,
  weekday,
  weekMinutes,
} from "./hours";

const office: Shift = {
  start: "07:30",
  minutes: 510,
  break_minutes: 60,
  flexible_minutes: 30,
  opens_minutes: 180,
  closes_minutes: 720,
  kind: "fixed",
};
const night: Shift = { ...office, start: "22:00", minutes: 600, break_minutes: 0 };

describe("a shift", () => {
  it("ends on the next day when it crosses midnight", () => {
    expect(endOf(office)).toEqual({ end: "16:00", later: 0 });
    expect(endOf(night)).toEqual({ end: "08:00", later: 1 });
    expect(span(night, "id")).toBe("22.00–08.00 +1");
    expect(span(office, "en")).toBe("07:30–16:00");
  });

  it("comes back from the form as it was, with what the form does not show", () => {
    expect(sentShift(typedShift(office))).toEqual(office);
    expect(sentShift(typedShift(night))).toEqual(night);
    expect(sentShift({ start: "08:00", end: "08:00", pause: "", base: {} }).minutes).toBe(1440);
  });

  it("is whole with both times and a number of minutes", () => {
    expect(isWhole(typedShift(office))).toBe(true);
    expect(isWhole({ start: "", end: "08:00", pause: "0", base: {} })).toBe(false);
    expect(isWhole({ start: "07:00", end: "08:00", pause: "-5", base: {} })).toBe(false);
  });
});

describe("a week", () => {
  const days = [
    ...Array.from({ length: 5 }, () => ({ shifts: [office], ramadan: null })),
    { shifts: [] },
    { shifts: [] },
  ];

  it("is counted without breaks, a cycle on average, being on call not at all", () => {
    expect(weekMinutes(days)).toBe(2250);
    expect(weekMinutes([{ shifts: [night] }, { shifts: [] }])).toBe(2100);
    expect(weekMinutes([{ shifts: [{ ...office, kind: "on_call" }] }])).toBe(0);
    expect(weekMinutes([{ shifts: [office], ramadan: [] }], true)).toBe(0);
  });

  it("is told in runs of equal days", () => {
    expect(runs(days)).toEqual([
      [0, 4],
      [5, 6],
    ]);
    expect(weekday(0, "id")).toBe("Sen");
    expect(weekday(6, "en")).toBe("Sun");
  });

  it("is sent as it was read", () => {
    const version = {
      valid_from: "2026-01-01",
      valid_to: null,
      anchor: null,
      observes_holidays: true,
      source: "SK",
      days: days.map((one) => ({ shifts: one.shifts, ramadan: null })),
    };
    expect(sentVersion(typedVersion(version))).toEqual(version);
    expect(sentVersion(emptyVersion("2026-01-01")).days).toHaveLength(7);
  });

  it("shows the version of the day, else the next, else the last", () => {
    const versions = [
      { valid_from: "2025-01-01", valid_to: "2025-12-31" },
      { valid_from: "2026-02-01", valid_to: "2026-12-31" },
    ];
    expect(versionOn(versions, "2025-06-01")).toBe(versions[0]);
    expect(versionOn(versions, "2026-01-15")).toBe(versions[1]);
    expect(versionOn(versions, "2030-01-01")).toBe(versions[1]);
  });
});
