import { expect, it } from "vitest";
import type { Correction } from "../api/corrections";
import { claimOf, type Draft, draftOf, EMPTY, lacking } from "./draft";

const PUNCH: Draft = { ...EMPTY, what: "punch", direction: "in", at: "07:25", reason: "Mesin mati." };
const DUTY: Draft = { ...EMPTY, what: "on_duty", reason: "Rapat di provinsi." };

const STORED: Correction = {
  id: "k",
  employee_id: "e",
  date: "2026-06-01",
  what: "punch",
  direction: "out",
  at: "2026-06-01T23:05:00Z",
  since: null,
  until: null,
  site: { id: "s", name: "Balai" },
  zone: "Asia/Jakarta",
  reason: "Mesin mati.",
  status: "waiting",
  needs_evidence: true,
  superior_until: "2026-06-08",
  rule: "r",
  version: 1,
  asked_at: "2026-06-02T01:00:00Z",
  steps: [],
  evidence: [],
};

it("says what is lacking", () => {
  expect(lacking(EMPTY)).toEqual(["what", "reason"]);
  expect(lacking({ ...EMPTY, what: "punch" })).toEqual(["direction", "at", "reason"]);
  expect(lacking({ ...DUTY, part: true })).toEqual(["since", "until"]);
  expect(lacking({ ...DUTY, reason: "  ada  " })).toEqual(["reason"]);
  expect([lacking(PUNCH), lacking(DUTY)]).toEqual([[], []]);
});

it("sends only what belongs to the kind that was chosen last", () => {
  const changed = { ...PUNCH, what: "on_duty", since: "08:00", until: "10:00" } as const;
  expect(claimOf(changed)).toMatchObject({ what: "on_duty", direction: null, at: null, since: null, until: null });
  expect(claimOf({ ...changed, part: true })).toMatchObject({ since: "08:00", until: "10:00", next_day: false });
  expect(claimOf({ ...PUNCH, part: true, since: "08:00", until: "10:00" })).toMatchObject({
    direction: "in",
    at: "07:25",
    since: null,
    until: null,
    site_id: null,
  });
});

it("opens a stored one by the clock of its place", () => {
  expect(draftOf(STORED)).toMatchObject({ direction: "out", at: "06:05", nextDay: true, site: "s", part: false });
  const part: Correction = {
    ...STORED,
    what: "outside_work",
    direction: null,
    at: null,
    site: null,
    since: "2026-06-01T01:00:00Z",
    until: "2026-06-01T03:00:00Z",
  };
  expect(draftOf(part)).toMatchObject({ part: true, since: "08:00", until: "10:00", at: "", nextDay: false });
  expect(claimOf(draftOf(STORED))).toMatchObject({ at: "06:05", next_day: true, site_id: "s", reason: "Mesin mati." });
});
