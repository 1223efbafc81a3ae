import { expect, test } from "vitest";
import { byDay } from "./history";

test("rows are under the day of their place, in the order they came in", () => {
  const rows = [
    { id: "d", local_date: "2026-08-04" },
    { id: "c", local_date: "2026-08-03" },
    { id: "b", local_date: "2026-08-03" },
  ];
  expect(byDay(rows).map(([day, of]) => [day, of.map((row) => row.id)])).toEqual([
    ["2026-08-04", ["d"]],
    ["2026-08-03", ["c", "b"]],
  ]);
  expect(byDay([])).toEqual([]);
});
