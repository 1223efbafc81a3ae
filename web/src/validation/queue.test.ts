import { expect, it } from "vitest";
import type { Activity } from "../api/appraisal";
import { grouped, isOverdue, outcomeOf, toggled } from "./queue";

const row = (id: string, employee_id: string, minutes = 60): Activity => ({
  id,
  employee_id,
  date: "2026-11-20",
  start: null,
  end: null,
  minutes,
  what: id,
  result: "",
  quantity: null,
  unit: "",
  task: null,
  status: "waiting",
  due_on: "2026-11-23",
  version: 1,
  recorded_at: "2026-11-20T03:00:00Z",
  steps: [],
  evidence: [],
});

it("groups by employee, whoever waits longest first", () => {
  const groups = grouped([row("1", "b", 30), row("2", "a"), row("3", "b", 15)]);
  expect(groups.map(({ employee, items, minutes }) => [employee, items.map(({ id }) => id), minutes])).toEqual([
    ["b", ["1", "3"], 45],
    ["a", ["2"], 60],
  ]);
  expect(grouped([])).toEqual([]);
});

it("is overdue after its day, not on it", () => {
  expect(isOverdue({ due_on: "2026-11-23" }, "2026-11-23")).toBe(false);
  expect(isOverdue({ due_on: "2026-11-23" }, "2026-11-24")).toBe(true);
});

it("says of each row what became of it", () => {
  const rows = [row("1", "a"), row("2", "a")];
  const answer = [
    { id: "1", status: "validated" as const, refused: "" },
    { id: "2", status: "withdrawn" as const, refused: "Tidak menunggu keputusan." },
  ];
  expect(outcomeOf(answer, rows)).toEqual({ done: 1, refused: [{ row: rows[1], why: "Tidak menunggu keputusan." }] });
});

it("selects all of some, and none when all are", () => {
  expect([...toggled(new Set(["1"]), ["1", "2"])]).toEqual(["1", "2"]);
  expect([...toggled(new Set(["1", "2", "3"]), ["1", "2"])]).toEqual(["3"]);
});
