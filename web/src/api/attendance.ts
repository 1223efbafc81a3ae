/** What the operator's screens ask attendance. Shapes are generated from its OpenAPI (`pnpm run api`). */

import { queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, send } from "./client";

type Schemas = components["schemas"];
export type Terminal = Schemas["DeviceView"];
export type HeldGroup = Schemas["HeldGroup"];
export type HeldLine = Schemas["HeldView"];
export type Reason = HeldLine["reason"];
export type Choice = Schemas["Mending"];
export type Preview = Schemas["Preview"];
export type Outcome = Schemas["Outcome"];

const BASE = "/api/attendance/v1";
const LOOK_EVERY = 10_000;
const LINES = 200;

export const attendanceKeys = { all: ["attendance"] as const };

/** Terminals that call and that nobody has approved. */
export const pendingQuery = () =>
  queryOptions({
    queryKey: [...attendanceKeys.all, "pending"],
    queryFn: ({ signal }) => ask<Schemas["DevicePage"]>(`${BASE}/devices?status=pending&limit=100`, { signal }),
    refetchInterval: LOOK_EVERY,
  });

/** Lines that wait for a person, counted by terminal and reason. */
export const heldSummaryQuery = () =>
  queryOptions({
    queryKey: [...attendanceKeys.all, "held"],
    queryFn: ({ signal }) => ask<Schemas["HeldSummary"]>(`${BASE}/quarantine/summary`, { signal }),
    refetchInterval: LOOK_EVERY,
  });

export const heldLinesQuery = (serial: string, reason: Reason) =>
  queryOptions({
    queryKey: [...attendanceKeys.all, "held", serial, reason],
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({ serial, reason, limit: String(LINES) });
      return ask<Schemas["HeldPage"]>(`${BASE}/quarantine?${search}`, { signal });
    },
  });

export function approveTerminal(serial: string, name: string, site_id: string): Promise<Schemas["Approved"]> {
  return post(`/devices/${encodeURIComponent(serial)}/approve`, { name, site_id });
}

/** What the chosen lines would become; nothing changes. */
export function previewLines(choice: Partial<Choice>): Promise<Preview[]> {
  return post("/quarantine/preview", choice);
}

/** Judges the chosen lines again: the good become punches, the rest stays. */
export function replayLines(choice: Partial<Choice>): Promise<Outcome> {
  return post("/quarantine/replay", choice);
}

/** Says whose PIN it is and lets its lines in. */
export function mapPin(space: string, pin: string, employee_id: string): Promise<Outcome> {
  return post("/quarantine/map", { space, pin, employee_id });
}

/** Puts lines aside for good, with the reason. */
export function dismissLines(ids: string[], note: string): Promise<Schemas["Dismissed"]> {
  return post("/quarantine/dismiss", { ids, note });
}

function post<T>(path: string, body: unknown): Promise<T> {
  return send("POST", BASE + path, body);
}
