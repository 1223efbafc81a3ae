import { expect, it } from "vitest";
import type { Activity } from "../api/appraisal";
import { daysPast, grouped, isOverdue, outcomeOf, ownOverdue, toggled } from "./queue";

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

it("counts what of one's own is past its day, and knows the one that waits longest", () => {
  const late = { ...row("1", "a"), due_on: "2026-11-20", date: "2026-11-17" };
  const later = { ...row("2", "a"), due_on: "2026-11-18", date: "2026-11-19" };
  const decided = { ...late, id: "3", due_on: "2026-11-01", status: "validated" as const };
  expect(ownOverdue([late, later, decided, row("4", "a")], "2026-11-23")).toEqual({
    count: 2,
    oldest: "2026-11-18",
    date: "2026-11-19",
  });
  expect(ownOverdue([row("4", "a")], "2026-11-23")).toBeNull();
  expect(daysPast("2026-11-18", "2026-11-23")).toBe(5);
  expect(daysPast("2026-11-25", "2026-11-23")).toBe(0);
});
