import { expect, it } from "vitest";
import type { Letter } from "../api/deadletters";
import { outcomeOf } from "./outcome";

const letter = (change: Partial<Letter>): Letter => ({
  id: "presence_v1:attendance.punches:1:2",
  view: "presence_v1",
  topic: "attendance.punches",
  partition: 1,
  offset: 2,
  event: "id.x.v1",
  reason: "zone: missing",
  status: "waiting",
  replaying: false,
  first_seen: "2026-08-03T00:00:00Z",
  refusals: 1,
  refused_at: "2026-08-03T00:00:00Z",
  ended_at: null,
  why: null,
  ...change,
});

it("counts what was processed, what was refused again and what is under way", () => {
  expect(outcomeOf([])).toEqual({ done: 0, refused: 0, running: 0 });
  expect(
    outcomeOf([
      letter({ status: "replayed" }),
      letter({ refusals: 2 }),
      letter({ replaying: true }),
      letter({ status: "dropped" }),
    ]),
  ).toEqual({ done: 1, refused: 1, running: 1 });
});
