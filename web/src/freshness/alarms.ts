/** What an operator has to look at, worst first. Pure. */

import type { ViewFreshness } from "../api/freshness";
import type { Device } from "../api/types";
import { causesOf } from "../terminals/attention";

/** What is known; null where its service has not answered. */
export interface Known {
  devices: readonly Device[] | null;
  views: readonly ViewFreshness[] | null;
  brokerAnswers: boolean;
  heldLines: number | null;
  /** Punches that contradict their receipts. */
  findings: number | null;
}

export type AlarmKind = "broker" | "integrity" | "lagging" | "letters" | "silent" | "troubled" | "pending" | "held";

export interface Alarm {
  kind: AlarmKind;
  count: number;
  /** Where it is dealt with, with the state to filter by where the page has one. */
  path: string;
  state: "silent" | "pending" | null;
}

export function alarmsOf({ devices, views, brokerAnswers, heldLines, findings }: Known): Alarm[] {
  const inState = (state: Device["state"]) => devices?.filter((one) => one.state === state).length ?? 0;
  // What has a line of its own here, or on another page, is not counted again.
  const said = ["silent", "pending", "never_seen", "quarantine"];
  const troubled = devices?.filter((one) => causesOf(one).some((cause) => !said.includes(cause))).length ?? 0;
  const found: Alarm[] = [
    { kind: "broker", count: brokerAnswers ? 0 : 1, path: "/kesegaran", state: null },
    { kind: "integrity", count: findings ?? 0, path: "/keutuhan", state: null },
    { kind: "lagging", count: views?.filter(isLagging).length ?? 0, path: "/kesegaran", state: null },
    {
      kind: "letters",
      count: views?.reduce((sum, one) => sum + one.dead_letters, 0) ?? 0,
      path: "/surat-mati",
      state: null,
    },
    { kind: "silent", count: inState("silent"), path: "/mesin", state: "silent" },
    { kind: "troubled", count: troubled, path: "/mesin", state: null },
    { kind: "pending", count: inState("pending"), path: "/karantina", state: null },
    { kind: "held", count: heldLines ?? 0, path: "/karantina", state: null },
  ];
  return found.filter(({ count }) => count > 0);
}

/** Whether a source of the view is behind by more than the service minds. */
export function isLagging(view: ViewFreshness): boolean {
  return view.freshness.lagging_sources.length > 0;
}
