import { expect, test } from "vitest";
import type { Device } from "../api/types";
import { causesOf, matching, missing, sorted, type TerminalOrder } from "./attention";

const device = (name: string, change: Partial<Device> = {}): Device => ({
  device_id: name,
  serial: `SN-${name}`,
  name,
  status: "active",
  site: { id: "s", name: "Balai Kota", zone: "Asia/Jakarta" },
  state: "live",
  last_seen: null,
  last_punch_at: null,
  drift_seconds: 0,
  held: null,
  stored: 10,
  quarantined: 0,
  alerts: [],
  ...change,
});
const alert = (kind: string) => ({ kind, since: "2026-08-03T00:00:00Z", detail: "" });

test("a terminal that is well has no cause; what it has not said is no cause either", () => {
  expect(causesOf(device("a"))).toEqual([]);
  expect(missing(device("a"))).toBeNull();
  expect(causesOf(device("a", { held: 10 }))).toEqual([]);
  expect(missing(device("a", { held: 4 }))).toBe(0);
});

test("causes come worst first and once each", () => {
  const troubled = device("a", {
    state: "silent",
    held: 12,
    quarantined: 3,
    alerts: [alert("clock_drift"), alert("silent"), alert("tamper"), alert("never heard of")],
  });
  expect(causesOf(troubled)).toEqual(["tamper", "silent", "held", "clock_drift", "other", "quarantine"]);
});

test("a gap the service has named is not said twice", () => {
  expect(causesOf(device("a", { held: 12, alerts: [alert("gap")] }))).toEqual(["gap"]);
});

test("alarms first by their worst cause, then the healthy by name", () => {
  const { attention, healthy, awaited } = sorted([
    device("kelak", { state: "never_seen" }),
    device("kelak tetapi aneh", { state: "never_seen", alerts: [alert("wrong_token")] }),
    device("pintu 10"),
    device("baru", { state: "pending" }),
    device("pintu 2"),
    device("diam", { state: "silent" }),
  ]);
  expect(attention.map((one) => one.device.name)).toEqual(["kelak tetapi aneh", "diam", "baru"]);
  expect(awaited.map((one) => one.name)).toEqual(["kelak"]);
  expect(healthy.map((one) => one.name)).toEqual(["pintu 2", "pintu 10"]);
});

test("each part stands in the order asked for", () => {
  const at = (site: string, last_seen: string | null): Partial<Device> => ({
    site: { id: site, name: site, zone: "Asia/Jakarta" },
    last_seen,
  });
  const fleet = [
    device("a", at("Y", "2026-08-03T02:00:00Z")),
    device("b", at("X", "2026-08-03T01:00:00Z")),
    device("c", { ...at("Z", null), state: "silent" }),
    device("d", { ...at("X", "2026-08-03T01:00:00Z"), alerts: [alert("tamper")] }),
  ];
  const order = (asked: TerminalOrder) => {
    const { attention, healthy } = sorted(fleet, asked);
    return [...attention.map((one) => one.device), ...healthy].map((one) => one.name).join("");
  };
  expect({ worst: order("worst"), name: order("name"), site: order("site"), seen: order("seen") }).toEqual({
    worst: "dcab",
    name: "cdab",
    site: "dcba",
    seen: "cdba",
  });
});

test("search finds by name, serial number and site, whatever the case", () => {
  const all = [device("Pintu A"), device("Pintu B", { site: null, state: "silent" })];
  expect(matching(all, null, "pintu b")).toHaveLength(1);
  expect(matching(all, null, "sn-pintu")).toHaveLength(2);
  expect(matching(all, null, "balai")).toHaveLength(1);
  expect(matching(all, "silent", "")).toHaveLength(1);
});
