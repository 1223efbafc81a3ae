/** What the operator's screens ask attendance. Shapes are generated from its OpenAPI (`pnpm run api`). */

import { queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, remove, send } from "./client";

type Schemas = components["schemas"];
export type Terminal = Schemas["DeviceView"];
export type HeldGroup = Schemas["HeldGroup"];
export type HeldLine = Schemas["HeldView"];
export type Reason = HeldLine["reason"];
export type Choice = Schemas["Mending"];
export type Preview = Schemas["Preview"];
export type Outcome = Schemas["Outcome"];

export type Alert = Schemas["AlertView"];
export type Command = Schemas["CommandView"];
export type Order = Schemas["CommandRequest"];

const BASE = "/api/attendance/v1";
const LOOK_EVERY = 10_000;
const COMMANDS_EVERY = 4_000;
const LINES = 200;
const COMMANDS = 50;

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

/** One terminal as it is registered, with what it said of itself and its open alerts. */
export const terminalQuery = (serial: string) =>
  queryOptions({
    queryKey: [...attendanceKeys.all, "terminal", serial],
    queryFn: ({ signal }) => ask<Terminal>(BASE + terminal(serial), { signal }),
    refetchInterval: LOOK_EVERY,
  });

/** What a terminal was asked to do, newest first; an answer comes when it polls. */
export const commandsQuery = (serial: string) =>
  queryOptions({
    queryKey: [...attendanceKeys.all, "commands", serial],
    queryFn: ({ signal }) => ask<Command[]>(`${BASE}${terminal(serial)}/commands?limit=${COMMANDS}`, { signal }),
    refetchInterval: COMMANDS_EVERY,
  });

export function sendCommand(serial: string, order: Order): Promise<Command> {
  return post(`${terminal(serial)}/commands`, order);
}

/** Takes a command back that the terminal has not fetched yet. */
export function cancelCommand(serial: string, id: string): Promise<void> {
  return remove(`${BASE}${terminal(serial)}/commands/${encodeURIComponent(id)}`);
}

/** Out of service: what it still sends is kept, not counted. */
export function retireTerminal(serial: string): Promise<Terminal> {
  return post(`${terminal(serial)}/retire`, {});
}

/** Closes an alert with a note of what was done. */
export function closeAlert(id: string, note: string): Promise<Alert> {
  return post(`/alerts/${encodeURIComponent(id)}/close`, { note });
}

export function approveTerminal(serial: string, name: string, site_id: string): Promise<Schemas["Approved"]> {
  return post(`${terminal(serial)}/approve`, { name, site_id });
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

function terminal(serial: string): string {
  return `/devices/${encodeURIComponent(serial)}`;
}

function post<T>(path: string, body: unknown): Promise<T> {
  return send("POST", BASE + path, body);
}
