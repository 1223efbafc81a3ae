import { expect, it } from "vitest";
import type { LeaveKind } from "../api/leave";
import { contentOf, EMPTY, lacking, ofKind } from "./draft";

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
