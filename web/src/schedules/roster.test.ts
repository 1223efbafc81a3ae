import { describe, expect, it } from "vitest";
import type { Pattern, PersonRoster, RosterCell, Shift } from "../api/schedules";
import { cellAt, changeOf, count, isNight, months, NOTHING, painted, planned, presets } from "./roster";

const night: Shift = {
  start: "22:00",
  minutes: 600,
  break_minutes: 0,
  flexible_minutes: 0,
  opens_minutes: 180,
  closes_minutes: 480,
  kind: "fixed",
};
const cell = (day: string, roster: Shift[] | null = null): RosterCell => ({
  day,
  kind: "work",
  shifts: [
    {
      kind: "fixed",
      start: "22:00",
      end: "08:00",
      days_later: 1,
      starts: "",
      ends: "",
      break_minutes: 0,
      flexible_minutes: 0,
      required_minutes: 600,
    },
  ],
  roster,
  pattern: null,
  holiday: null,
  ramadan: false,
  conflict: false,
  why: [],
  required_minutes: 600,
});
const ani: PersonRoster = { employee_id: "ani", unit_id: "u", tag: "00", editable: true, days: [] };

describe("a changed roster", () => {
  it("holds what differs, and lets go of what is as it was again", () => {
    const one = painted(NOTHING, ani, cell("2026-06-06"), [night]);
    const two = painted(one, ani, cell("2026-06-07", [night]), null);
    expect(count(two)).toBe(2);
    expect(count(painted(two, ani, cell("2026-06-07", [night]), [{ ...night }]))).toBe(1);
    expect(painted(one, ani, cell("2026-06-06"), null)).toEqual(NOTHING);
    expect(count(painted(NOTHING, ani, cell("2026-06-06", []), []))).toBe(0);
  });

  it("is sent with the months that were seen, and findings find their way back", () => {
    const pending = painted(painted(NOTHING, ani, cell("2026-06-06"), [night]), ani, cell("2026-06-08"), []);
    const change = changeOf(pending, [ani], "2026-06", "SP 1");
    expect(change.people[0]?.tag).toBe("00");
    expect(change.people[0]?.cells.map(({ day, shifts }) => [day, shifts?.length])).toEqual([
      ["2026-06-06", 1],
      ["2026-06-08", 0],
    ]);
    expect(cellAt(change, "/body/people/0/cells/1")).toEqual({ person: "ani", day: "2026-06-08" });
    expect(cellAt(change, "/body/people/0")).toEqual({ person: "ani", day: null });
    expect(cellAt(change, "/body/source")).toBeNull();
  });
});

describe("what one chooses from", () => {
  it("has each shift once, in the order they begin", () => {
    const days = [{ shifts: [night] }, { shifts: [{ ...night, start: "06:00" }] }, { shifts: [night] }, { shifts: [] }];
    const version = { valid_from: "2026-01-01", days, observes_holidays: false, source: "" };
    const pattern = { id: "p", version: 1, changed_at: "", name: "", versions: [version] } as unknown as Pattern;
    expect(presets([pattern, pattern]).map(({ start }) => start)).toEqual(["06:00", "22:00"]);
  });
});

it("tells a night, and months across a year", () => {
  expect(planned(cell("2026-06-06"), "id")).toBe("22.00–08.00 +1");
  expect(isNight(cell("2026-06-06"))).toBe(true);
  expect(months("2026-01", 1, 1)).toEqual(["2025-12", "2026-01", "2026-02"]);
});
