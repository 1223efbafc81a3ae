import { expect, it } from "vitest";
import type { Import } from "../api/directory";
import { changes, isText, LARGEST, outcomeOf, progress, refused } from "./rules";

const none = { new: 0, changed: 0, unchanged: 3 };
const found = (state: Import["state"], some: Partial<Import> = {}): Import => ({
  id: "i",
  state,
  filename: "kota.xlsx",
  size: 1,
  sha256: "",
  dry_run: true,
  created_at: "2026-08-03T00:00:00Z",
  finished_at: "2026-08-03T00:00:01Z",
  rows: { done: 3, total: 3 },
  counts: { unit: none },
  errors: 0,
  warnings: 0,
  findings: [],
  ...some,
});

it("refuses what cannot be an import before it is sent", () => {
  expect(refused({ name: "kota.XLSX", size: 1 })).toBeNull();
  expect(refused({ name: "kota.csv", size: LARGEST })).toBeNull();
  expect(refused({ name: "kota.csv", size: LARGEST + 1 })).toBe("tooLarge");
  expect(refused({ name: "kota.zip", size: 0 })).toBe("empty");
  expect(refused({ name: "kota.xlsx.exe", size: 1 })).toBe("wrongType");
  expect(refused({ name: "csv", size: 1 })).toBe("wrongType");
  expect([isText("a.csv"), isText("a.zip"), isText("a.xlsx")]).toEqual([true, true, false]);
});

it("says what became of an import", () => {
  const some = { counts: { unit: { ...none, changed: 1 }, site: { ...none, new: 2 } } };
  expect(changes(some)).toBe(3);
  expect(outcomeOf(found("checking", { finished_at: null }))).toBe("running");
  expect(outcomeOf(found("rejected"))).toBe("wrong");
  expect(outcomeOf(found("checked", some))).toBe("clean");
  expect(outcomeOf(found("checked"))).toBe("same");
  expect(outcomeOf(found("applied", some))).toBe("applied");
  expect(outcomeOf(found("applied"))).toBe("same");
  expect(outcomeOf(found("failed"))).toBe("failed");
});

it("knows how far it is only once lines are being written", () => {
  const rows = { done: 1, total: 3 };
  expect(progress({ state: "checking", rows })).toBeNull();
  expect(progress({ state: "applying", rows: { done: 0, total: 0 } })).toBeNull();
  expect(progress({ state: "applying", rows })).toBe(33);
  expect(progress({ state: "publishing", rows: { done: 4, total: 3 } })).toBe(100);
});
