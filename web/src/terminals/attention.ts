/** Which terminals need a person, why, and in what order. Pure. */

import type { Device, DeviceState } from "../api/types";
import type { Shape } from "../states/Glyph";

/** What an alert may be called; the wording is in the texts under `alert`. Worst first. */
export const CAUSES = [
  "tamper",
  "wrong_token",
  "silent",
  "gap",
  "held",
  "clock_drift",
  "tz_mismatch",
  "new_address",
  "unknown_table",
  "other",
  "quarantine",
  "pending",
  "never_seen",
] as const;
export type Cause = (typeof CAUSES)[number];

export const SHAPE: Record<DeviceState, Shape> = {
  live: "full",
  silent: "warning",
  pending: "waiting",
  never_seen: "hollow",
};

export const isCause = (kind: string): kind is Cause => (CAUSES as readonly string[]).includes(kind);

/** Records the terminal holds beyond those stored; null where it has not said, never below zero. */
export function missing(device: Device): number | null {
  return device.held === null ? null : Math.max(0, device.held - device.stored);
}

/** Why a terminal needs attention, worst first; empty when it is well. */
export function causesOf(device: Device): Cause[] {
  const found = new Set<Cause>(device.alerts.map(({ kind }) => (isCause(kind) ? kind : "other")));
  if (device.state !== "live") found.add(device.state);
  if (device.quarantined > 0) found.add("quarantine");
  if ((missing(device) ?? 0) > 0 && !found.has("gap")) found.add("held");
  return CAUSES.filter((cause) => found.has(cause));
}

export interface Sorted {
  attention: { device: Device; causes: Cause[] }[];
  healthy: Device[];
  /** Registered, never connected, and nothing else is the matter: a fresh installation has all of them here. */
  awaited: Device[];
}

const names = new Intl.Collator("id", { numeric: true });

export const TERMINAL_ORDERS = ["worst", "name", "site", "seen"] as const;
export type TerminalOrder = (typeof TERMINAL_ORDERS)[number];

type Compare = (a: Device, b: Device) => number;
const byName: Compare = (a, b) => names.compare(a.name, b.name);
/** Whoever never connected has been away longest. */
const seen = ({ last_seen }: Device) => (last_seen === null ? 0 : Date.parse(last_seen));

const COMPARE: Record<TerminalOrder, Compare> = {
  worst: byName, // among those that are well
  name: byName,
  site: (a, b) => names.compare(a.site?.name ?? "", b.site?.name ?? "") || byName(a, b),
  seen: (a, b) => seen(a) - seen(b) || byName(a, b),
};

/** Alarms first; each part in the order asked for, alarms by their worst cause where none is. */
export function sorted(devices: readonly Device[], order: TerminalOrder = "worst"): Sorted {
  const attention: Sorted["attention"] = [];
  const healthy: Device[] = [];
  const awaited: Device[] = [];
  for (const device of devices) {
    const causes = causesOf(device);
    if (causes.length === 0) healthy.push(device);
    else if (causes[0] === "never_seen") awaited.push(device);
    else attention.push({ device, causes });
  }
  const compare = COMPARE[order];
  const rank = (causes: Cause[]) => (order === "worst" ? CAUSES.indexOf(causes[0] ?? "other") : 0);
  attention.sort((a, b) => rank(a.causes) - rank(b.causes) || compare(a.device, b.device));
  return { attention, healthy: healthy.sort(compare), awaited: awaited.sort(compare) };
}

/** The terminals of a state whose name, serial number or site holds `q`. */
export function matching(devices: readonly Device[], state: DeviceState | null, q: string): Device[] {
  const wanted = q.trim().toLocaleLowerCase("id");
  return devices.filter(
    (device) =>
      (state === null || device.state === state) &&
      [device.name, device.serial, device.site?.name ?? ""].some((text) =>
        text.toLocaleLowerCase("id").includes(wanted),
      ),
  );
}
