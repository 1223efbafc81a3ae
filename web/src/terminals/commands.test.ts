import { expect, it } from "vitest";
import { actionsFor, orderOf } from "./commands";

const WEEK = { from: "2026-08-01", to: "2026-08-07" };

it("asks a terminal again for whole days of its own clock", () => {
  expect(orderOf("resend", WEEK)).toEqual({
    kind: "query_attlog",
    parameters: { start: "2026-08-01 00:00:00", end: "2026-08-07 23:59:59" },
  });
});

it.each([
  { from: "2026-08-07", to: "2026-08-01" },
  { from: "", to: "2026-08-07" },
  { from: "2026-02-30", to: "2026-08-07" },
])("asks nothing for a period that is none: $from to $to", (period) => expect(orderOf("resend", period)).toBeNull());

it("sends commands to terminals in service only; out of service goes any that is in it", () => {
  expect(actionsFor("active")).toEqual(["clock", "resend", "info", "retire"]);
  expect(actionsFor("pending")).toEqual(["retire"]);
  expect(actionsFor("retired")).toEqual([]);
  expect(orderOf("clock", WEEK)?.kind).toBe("set_time");
  expect(orderOf("retire", WEEK)).toBeNull();
});
