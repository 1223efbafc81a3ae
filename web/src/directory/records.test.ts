import { expect, it } from "vitest";
import type { Employee } from "../api/directory";
import { displayName, grouped, holds, newestFirst, numberOn, postOn, unitChoices } from "./records";

const held = (kind: "primary" | "plt", valid_from: string, valid_to: string | null) => ({
  kind,
  valid_from,
  valid_to,
  unit_id: `u-${valid_from}`,
  post_id: "p",
  site_id: "s",
  superior_id: null,
});

const SITI: Employee = {
  id: "e",
  version: 1,
  changed_at: "2026-08-03T00:00:00Z",
  code: "P1",
  name: "Siti Aminah",
  title_before: "dr.",
  title_after: "M.Kes.",
  sex: "female",
  status: "pns",
  numbers: [
    { number: "198609262015052001", kind: "pppk", valid_from: "2015-05-01", valid_to: "2020-12-31" },
    { number: "198609262021032001", kind: "pns", valid_from: "2021-01-01", valid_to: null },
  ],
  ranks: [],
  assignments: [
    held("primary", "2015-05-01", "2020-12-31"),
    held("plt", "2021-01-01", null),
    held("primary", "2021-01-01", null),
  ],
};

it("holds on both ends of a period", () => {
  const period = { valid_from: "2026-01-01", valid_to: "2026-01-31" };
  expect(["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"].map((day) => holds(period, day))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(holds({ valid_from: "2026-01-01" }, "2999-01-01")).toBe(true);
});

it("says name, number and post of a day", () => {
  expect(displayName(SITI)).toBe("dr. Siti Aminah, M.Kes.");
  expect(displayName({ ...SITI, title_before: "", title_after: "" })).toBe("Siti Aminah");
  expect(numberOn(SITI, "2020-12-31")).toBe("198609262015052001");
  expect(numberOn(SITI, "2010-01-01")).toBeNull();
  expect(postOn(SITI, "2026-08-03")?.unit_id).toBe("u-2021-01-01");
  expect(postOn(SITI, "2010-01-01")).toBeNull();
});

it("writes a NIP as people do, and leaves what is none", () => {
  expect(grouped("198609262015051001")).toBe("19860926 201505 1 001");
  expect(grouped("12345")).toBe("12345");
});

it("puts the newest first and the own post before acting ones", () => {
  expect(newestFirst(SITI.assignments).map(({ kind, valid_from }) => `${kind} ${valid_from}`)).toEqual([
    "primary 2021-01-01",
    "plt 2021-01-01",
    "primary 2015-05-01",
  ]);
});

it("knows how far units are set in below the ones above", () => {
  const unit = (id: string, depth: number) => ({ id, code: id, name: id, short_name: id, parent_id: null, depth });
  expect(unitChoices([unit("a", 0), unit("b", 1)])).toEqual([
    { value: "a", label: "a", depth: 0 },
    { value: "b", label: "b", depth: 1 },
  ]);
});
