/** What the screens ask about leave, duty and permits. Shapes are generated from attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, askFile, send, sendFile } from "./client";

type Schemas = components["schemas"];
export type Leave = Schemas["LeaveView"];
export type LeaveStatus = Leave["status"];
export type NewLeave = Schemas["NewLeave"];
export type LeaveKind = Schemas["LeaveKind"];
export type Kind = LeaveKind["kind"];
export type Part = Leave["part"];
export type Preview = Schemas["LeavePreview"];
export type Balance = Schemas["LeaveBalance"];
export type Entry = Schemas["LedgerEntry"];
export type Outcome = "approved" | "returned" | "rejected";
export type Decided = Schemas["DecidedLeave"];

const BASE = "/api/attendance/v1";
const OWN_EVERY = 15_000;
const QUEUE_EVERY = 15_000;
const COUNT_EVERY = 60_000;
/** Rules move rarely. */
const KINDS_FRESH = 300_000;

export const leaveKeys = {
  own: (employee: string) => ["leave", "own", employee] as const,
  queue: ["leave", "queue"] as const,
  kinds: ["leave", "kinds"] as const,
};

const own = (employee: string) => `${BASE}/employees/${encodeURIComponent(employee)}`;
const leaveAt = ({ employee_id, id }: Leave) => `${own(employee_id)}/leave/${encodeURIComponent(id)}`;
const inVersion = (version: number) => ({ "If-Match": `"${version}"` });

/** Whatever touches these local days, the latest first. */
export const leaveQuery = (employee: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...leaveKeys.own(employee), "rows", from, to],
    queryFn: ({ signal }) => ask<Schemas["LeaveList"]>(`${own(employee)}/leave?from=${from}&to=${to}`, { signal }),
    refetchInterval: OWN_EVERY,
    placeholderData: keepPreviousData,
  });

export const balanceQuery = (employee: string, year: number) =>
  queryOptions({
    queryKey: [...leaveKeys.own(employee), "balance", year],
    queryFn: ({ signal }) => ask<Balance>(`${own(employee)}/leave-balance?year=${year}`, { signal }),
    refetchInterval: OWN_EVERY,
  });

/** What somebody may ask for on a day. */
export const kindsQuery = (employee: string, date: string) =>
  queryOptions({
    queryKey: [...leaveKeys.kinds, employee, date],
    queryFn: ({ signal }) => ask<Schemas["LeaveKinds"]>(`${own(employee)}/leave-kinds?date=${date}`, { signal }),
    staleTime: KINDS_FRESH,
  });

/** What a request would come to. It changes nothing; `change` is the request that is being changed. */
export const previewQuery = (employee: string, body: NewLeave, change: string | null) =>
  queryOptions({
    queryKey: [...leaveKeys.own(employee), "preview", body, change],
    queryFn: ({ signal }) =>
      ask<Preview>(`${own(employee)}/leave-preview${change === null ? "" : `?leave=${encodeURIComponent(change)}`}`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export function askLeave(employee: string, body: NewLeave, key: string): Promise<Leave> {
  return send("POST", `${own(employee)}/leave`, body, { "Idempotency-Key": key });
}

/** What was decided on paper. */
export function recordLeave(employee: string, body: NewLeave, key: string): Promise<Leave> {
  return send("POST", `${own(employee)}/paper-leave`, body, { "Idempotency-Key": key });
}

export function changeLeave(read: Leave, body: NewLeave): Promise<Leave> {
  return send("PUT", leaveAt(read), body, inVersion(read.version));
}

/** The file as it is; the service says what it is by its content. */
export function addLetter(read: Leave, file: File): Promise<Leave> {
  return sendFile(`${leaveAt(read)}/letters`, file, inVersion(read.version));
}

export function removeLetter(read: Leave, id: string): Promise<Leave> {
  return ask(`${leaveAt(read)}/letters/${encodeURIComponent(id)}`, {
    method: "DELETE",
    headers: inVersion(read.version),
  });
}

export function letter(read: Leave, id: string): Promise<Blob> {
  return askFile(`${leaveAt(read)}/letters/${encodeURIComponent(id)}`);
}

export function cancelLeave(read: Leave, words: string | null, since: string | null): Promise<Leave> {
  return send("POST", `${leaveAt(read)}/cancellation`, { words, since }, inVersion(read.version));
}

export function adjustLeave(
  employee: string,
  body: { day: string; days: string; words: string },
  key: string,
): Promise<Balance> {
  return send("POST", `${own(employee)}/leave-adjustments`, body, { "Idempotency-Key": key });
}

/** What waits for this account's decision, oldest first. */
export const waitingLeaveQuery = (limit: number) =>
  queryOptions({
    queryKey: [...leaveKeys.queue, "rows", limit],
    queryFn: ({ signal }) => ask<Schemas["LeaveList"]>(`${BASE}/leave?limit=${limit}`, { signal }),
    refetchInterval: QUEUE_EVERY,
    placeholderData: keepPreviousData,
  });

/** How much of it there is. Nobody's data is looked at, so no look is written down. */
export const leaveCountQuery = () =>
  queryOptions({
    queryKey: [...leaveKeys.queue, "count"],
    queryFn: ({ signal }) => ask<Schemas["WaitingLeave"]>(`${BASE}/leave/waiting`, { signal }),
    refetchInterval: COUNT_EVERY,
  });

/** Decides each by itself; the answer says of each what became of it. */
export async function decideLeave(requests: readonly string[], outcome: Outcome, words: string | null) {
  return (await send<Schemas["DecidedLeaves"]>("POST", `${BASE}/leave/decisions`, { requests, outcome, words })).items;
}
