import { expect, it } from "vitest";
import type { Task } from "../api/appraisal";
import { hasEnded, inOrder } from "./order";

const task = (name: string, unit_id: string | null, valid_from: string): Task => ({
  id: name,
  name,
  unit_id,
  valid_from,
  valid_to: null,
});

const tasks = [
  task("Surat 10", "b", "2026-01-01"),
  task("Surat 2", null, "2026-03-01"),
  task("Arsip", "a", "2026-02-01"),
];
const names = (order: Parameters<typeof inOrder>[1]) => inOrder(tasks, order, (id) => id).map(({ name }) => name);

it("puts tasks in order", () => {
  expect(names("name")).toEqual(["Arsip", "Surat 2", "Surat 10"]);
  expect(names("-name")).toEqual(["Surat 10", "Surat 2", "Arsip"]);
  expect(names("unit")).toEqual(["Surat 2", "Arsip", "Surat 10"]);
  expect(names("newest")).toEqual(["Surat 2", "Arsip", "Surat 10"]);
});

it("has ended after its last day", () => {
  const one = { ...task("Arsip", null, "2026-01-01"), valid_to: "2026-11-23" };
  expect(hasEnded(one, "2026-11-23")).toBe(false);
  expect(hasEnded(one, "2026-11-24")).toBe(true);
});
