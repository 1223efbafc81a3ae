import { expect, test } from "vitest";
import type { Day, DayStatus } from "../api/days";
import { cells, holidayOf, marks, shapeOf, totals } from "./month";

type ShiftSaid = Day["shifts"][number];

const shift = (said: Partial<ShiftSaid> = {}): ShiftSaid => ({
  shift_id: "2026-11-02#1",
  kind: "fixed",
  status: "present",
  starts: "2026-11-02T00:30:00Z",
  ends: "2026-11-02T09:00:00Z",
  ...said,
});
const day = (local_date: string, status: DayStatus, said: Partial<Day> = {}): Day => ({
  employee_id: "e1",
  local_date,
  version: 1,
  zone: "Asia/Jakarta",
  status,
  required_minutes: 0,
  effective_minutes: 0,
  absent_minutes: 0,
  late_minutes: 0,
  early_minutes: 0,
  required_days: 0,
  present_days: 0,
  absent_days: 0,
  excused_days: 0,
  late_days: 0,
  early_days: 0,
  shifts: [],
  rules: [],
  missing: [],
  ...said,
});

test("a month has every date, in the column of its day of the week", () => {
  const found = cells("2026-11-01", "2026-11-30", [day("2026-11-02", "present")]);
  expect(found).toHaveLength(30);
  expect(found[0]).toEqual({ date: "2026-11-01", column: 7, day: null });
  expect(found[1]?.column).toBe(1);
  expect(found[1]?.day?.status).toBe("present");
});

test("sums are over what is known, and nothing is nothing", () => {
  const late = { required_days: 1, present_days: 1, late_days: 1, late_minutes: 13, required_minutes: 450 };
  const found = totals([
    day("2026-11-02", "present", { ...late, effective_minutes: 437 }),
    day("2026-11-03", "absent", { required_days: 1, absent_days: 1, required_minutes: 450 }),
  ]);
  expect(found).toMatchObject({ required: 2, present: 1, absent: 1, excused: 0, lateDays: 1, lateMinutes: 13 });
  expect(found).toMatchObject({ requiredMinutes: 900, effectiveMinutes: 437, earlyMinutes: 0 });
  expect(totals([]).required).toBe(0);
});

test("a band is said with its minutes, and without them where the scan is missing", () => {
  const shifts = [shift({ late_minutes: 13, late_band: "TL1", early_band: "PSW4" })];
  const found = day("2026-11-02", "present", { shifts });
  expect(marks(found)).toEqual([
    { side: "late", minutes: 13, band: "TL1" },
    { side: "early", minutes: null, band: "PSW4" },
  ]);
  expect(marks(day("2026-11-02", "present", { shifts: [shift({ late_minutes: 0 })] }))).toEqual([]);
  expect(shapeOf(found)).toBe("warning");
  expect(shapeOf(day("2026-11-02", "present"))).toBe("full");
  expect(shapeOf(day("2026-11-02", "absent"))).toBe("wrong");
});

test("a holiday is called by the row that made it one", () => {
  const names = new Map([["h1", "Hari Jadi Kota"]]);
  expect(holidayOf(day("2026-11-12", "holiday", { rules: ["p@2026-01-01", "h1"] }), names)).toBe("Hari Jadi Kota");
  expect(holidayOf(day("2026-11-12", "holiday", { rules: ["h2"] }), names)).toBeNull();
  expect(holidayOf(day("2026-11-12", "present", { rules: ["h1"] }), names)).toBeNull();
});
