import { expect, it } from "vitest";
import type { LeaveKind } from "../api/leave";
import { contentOf, EMPTY, justRecorded, lacking, ofKind, takesLetters } from "./draft";

const kind = (name: LeaveKind["kind"], ...parts: LeaveKind["parts"]): LeaveKind => ({
  kind: name,
  excuse: "leave",
  parts,
  balance: false,
  reason: false,
  place: false,
  letter_over_days: null,
  most_months: null,
  service_months: 0,
  back_days: 0,
  decides: "superior",
  rule: "r",
  source: "s",
});

it("asks for one day by its first date alone", () => {
  const draft = { ...EMPTY, kind: "annual" as const, first: "2026-06-01" };
  expect(contentOf(draft)).toMatchObject({ first: "2026-06-01", last: "2026-06-01", since: null, until: null });
});

it("sends nothing while something is lacking", () => {
  expect(lacking(EMPTY)).toEqual(["kind", "first"]);
  expect(contentOf({ ...EMPTY, kind: "annual", first: "2026-06-02", last: "2026-06-01" })).toBeNull();
});

it("asks for the one hour that the shift does not say", () => {
  const late = { ...EMPTY, kind: "late" as const, part: "hours" as const, first: "2026-06-01" };
  expect(lacking(late)).toEqual(["until"]);
  expect(lacking({ ...late, kind: "early" })).toEqual(["since"]);
  expect(lacking({ ...late, kind: "partial" })).toEqual(["since", "until"]);
  expect(contentOf({ ...late, since: "07:30", until: "09:00" })).toMatchObject({ since: null, until: "09:00" });
});

it("has a part of the day that the kind has", () => {
  const days = { ...EMPTY, first: "2026-06-01", last: "2026-06-05" };
  const permit = ofKind(days, kind("late", "hours"));
  expect([permit.part, contentOf({ ...permit, until: "09:00" })?.last]).toEqual(["hours", "2026-06-01"]);
  expect(ofKind(permit, kind("annual", "day")).part).toBe("day");
});

it("asks for files where there may be a letter", () => {
  expect(takesLetters(kind("sick", "day"))).toBe(true);
  expect(takesLetters({ kind: "outside", excuse: "duty" })).toBe(true);
  expect(takesLetters({ kind: "annual", excuse: "leave" })).toBe(false);
  expect(takesLetters({ kind: "late", excuse: "permit" })).toBe(false);
});

it("lets who recorded a decision from paper add files for a day", () => {
  const at = "2026-06-01T03:00:00Z";
  const step = { at, what: "requested" as const, by: "ani", words: "", since: null };
  const recorded = { paper: true, status: "approved" as const, steps: [step] };
  const hours = (number: number) => Date.parse(at) + number * 3_600_000;
  expect(justRecorded(recorded, "ani", hours(23))).toBe(true);
  expect(justRecorded(recorded, "ani", hours(25))).toBe(false);
  expect(justRecorded(recorded, "eka", hours(1))).toBe(false);
  expect(justRecorded({ ...recorded, paper: false }, "ani", hours(1))).toBe(false);
  expect(justRecorded({ ...recorded, status: "cancelled" }, "ani", hours(1))).toBe(false);
});
