import { expect, it } from "vitest";
import type { HeldLine } from "../api/attendance";
import { actionsFor, byPin } from "./lines";

const line = (id: string, pin: string, space = "T1"): HeldLine => ({
  id,
  serial: "T1",
  space,
  reason: "unknown_pin",
  problem: "",
  line: "",
  pin,
  local_time: "",
  received: "2026-08-03T00:00:00Z",
  last_received: "2026-08-03T00:00:00Z",
  source: "push",
  count: 1,
  state: "open",
  note: "",
  settled_at: null,
});

it("gathers the lines of one PIN, and keeps PINs of other spaces apart", () => {
  const rows = byPin([line("1", "7"), line("2", "8"), line("3", "7"), line("4", "7", "T2")]);
  expect(rows.map((row) => row.map(({ id }) => id))).toEqual([["1", "3"], ["2"], ["4"]]);
});

it("offers what can mend a line, and putting it aside always", () => {
  expect(actionsFor("unknown_pin")).toEqual(["map", "dismiss"]);
  expect(actionsFor("absurd_date")).toEqual(["accept", "dismiss"]);
  expect(actionsFor("malformed")).toEqual(["dismiss"]);
});
