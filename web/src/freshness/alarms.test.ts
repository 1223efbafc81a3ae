import { expect, it } from "vitest";
import type { ViewFreshness } from "../api/freshness";
import type { Device } from "../api/types";
import { alarmsOf } from "./alarms";

const device = (change: Partial<Device>): Device => ({
  device_id: "d",
  serial: "SN",
  name: "Lobi",
  status: "active",
  site: null,
  state: "live",
  last_seen: null,
  last_punch_at: null,
  drift_seconds: null,
  held: null,
  stored: 0,
  quarantined: 0,
  alerts: [],
  ...change,
});
const view = (dead_letters: number, behind: number | null = null): ViewFreshness => ({
  view: "presence_v1",
  freshness: {
    as_of: "2026-08-03T00:00:00Z",
    complete_to: null,
    lagging_sources: behind === null ? [] : [{ source: "attendance", behind_seconds: behind }],
    position: null,
  },
  lag: 0,
  folded_at: null,
  dead_letters,
  partitions: [],
});
const kinds = (known: Parameters<typeof alarmsOf>[0]) => alarmsOf(known).map(({ kind, count }) => `${kind} ${count}`);

it("is silent where all is well, and where nothing is known yet", () => {
  expect(kinds({ devices: [device({})], views: [view(0)], brokerAnswers: true, heldLines: 0, findings: 0 })).toEqual(
    [],
  );
  expect(kinds({ devices: null, views: null, brokerAnswers: true, heldLines: null, findings: null })).toEqual([]);
});

it("says the worst first and each thing once", () => {
  const devices = [
    device({ state: "silent" }),
    device({ state: "pending" }),
    device({ held: 120 }),
    device({ quarantined: 3 }),
    device({ state: "silent", alerts: [{ kind: "tamper", since: "2026-08-03T00:00:00Z", detail: "" }] }),
  ];
  expect(kinds({ devices, views: [view(2, 60), view(1)], brokerAnswers: false, heldLines: 7, findings: 1 })).toEqual([
    "broker 1",
    "integrity 1",
    "lagging 1",
    "letters 3",
    "silent 2",
    "troubled 2",
    "pending 1",
    "held 7",
  ]);
});
