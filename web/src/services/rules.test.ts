import { expect, it } from "vitest";
import { countersOf, wrongCounters } from "./counters";
import { unitsHeld, withBelow } from "./own";

it("reads counters line by line", () => {
  expect(countersOf(" Loket 1\n\nLoket 2 \r\n")).toEqual(["Loket 1", "Loket 2"]);
  expect(countersOf("")).toEqual([]);
});

it("says what is wrong with counters", () => {
  expect(wrongCounters("Loket 1\nLoket 2")).toBeNull();
  expect(wrongCounters("Loket 1\nLoket 1 ")).toBe("twice");
  expect(wrongCounters("x".repeat(61))).toBe("long");
  expect(wrongCounters(Array.from({ length: 51 }, (_, at) => `Loket ${at}`).join("\n"))).toBe("many");
});

it("finds the units of one's posts of today", () => {
  const held = (unit_id: string, valid_from: string, valid_to: string | null) => ({
    kind: "primary" as const,
    post_id: "p",
    unit_id,
    site_id: "s",
    superior_id: null,
    valid_from,
    valid_to,
  });
  const all = [held("a", "2020-01-01", "2026-11-22"), held("b", "2026-11-23", null), held("b", "2026-01-01", null)];
  expect(unitsHeld(all, "2026-11-23")).toEqual(["b"]);
  expect(unitsHeld([], "2026-11-23")).toEqual([]);
});

it("takes the units below with them", () => {
  const tree = [
    { id: "root", parent_id: null },
    { id: "a", parent_id: "root" },
    { id: "b", parent_id: "root" },
    { id: "a1", parent_id: "a" },
    { id: "a11", parent_id: "a1" },
  ];
  expect([...withBelow(["a"], tree)]).toEqual(["a", "a1", "a11"]);
  expect([...withBelow(["root"], tree)]).toHaveLength(5);
});
