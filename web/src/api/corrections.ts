/** What the screens ask about corrections of presence. Shapes are generated from attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, askFile, send, sendFile } from "./client";

type Schemas = components["schemas"];
export type Correction = Schemas["CorrectionView"];
export type CorrectionStatus = Correction["status"];
export type What = Correction["what"];
export type Claim = Schemas["Claim"];
export type Outcome = Schemas["CorrectionDecision"]["outcome"];

const BASE = "/api/attendance/v1";
const OWN_EVERY = 30_000;
const QUEUE_EVERY = 15_000;
const COUNT_EVERY = 60_000;

export const correctionKeys = {
  own: (employee: string) => ["corrections", "own", employee] as const,
  queue: ["corrections", "queue"] as const,
};

const own = (employee: string) => `${BASE}/employees/${encodeURIComponent(employee)}/corrections`;
const at = ({ employee_id, id }: Correction) => `${own(employee_id)}/${encodeURIComponent(id)}`;
const inVersion = (version: number) => ({ "If-Match": `"${version}"` });

/** Of these dates, both included, newest first. */
export const correctionsQuery = (employee: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...correctionKeys.own(employee), from, to],
    queryFn: ({ signal }) => ask<Schemas["CorrectionPage"]>(`${own(employee)}?from=${from}&to=${to}`, { signal }),
    refetchInterval: OWN_EVERY,
    placeholderData: keepPreviousData,
  });

export function askCorrection(employee: string, body: Schemas["NewCorrection"], key: string): Promise<Correction> {
  return send("POST", own(employee), body, { "Idempotency-Key": key });
}

/** Replaces what is claimed in the version that was read; it waits again. */
export function changeCorrection(read: Correction, body: Claim): Promise<Correction> {
  return send("PUT", at(read), body, inVersion(read.version));
}

export function withdrawCorrection(read: Correction): Promise<Correction> {
  return ask(at(read), { method: "DELETE", headers: inVersion(read.version) });
}

/** The file as it is; the service says what it is by its content. */
export function addProof(read: Correction, file: File): Promise<Correction> {
  return sendFile(`${at(read)}/evidence`, file, inVersion(read.version));
}

export function removeProof(read: Correction, id: string): Promise<Correction> {
  return ask(`${at(read)}/evidence/${encodeURIComponent(id)}`, { method: "DELETE", headers: inVersion(read.version) });
}

export function proof(read: Correction, id: string): Promise<Blob> {
  return askFile(`${at(read)}/evidence/${encodeURIComponent(id)}`);
}

/** What waits for this account's decision, what was asked first before the others. */
export const waitingCorrectionsQuery = (limit: number) =>
  queryOptions({
    queryKey: [...correctionKeys.queue, "rows", limit],
    queryFn: ({ signal }) => ask<Schemas["CorrectionPage"]>(`${BASE}/corrections?limit=${limit}`, { signal }),
    refetchInterval: QUEUE_EVERY,
    placeholderData: keepPreviousData,
  });

/** Of these dates, both included: what was decided for good or taken back, newest first. */
export const decidedCorrectionsQuery = (from: string, to: string, limit: number) =>
  queryOptions({
    queryKey: [...correctionKeys.queue, "decided", from, to, limit],
    queryFn: ({ signal }) =>
      ask<Schemas["CorrectionPage"]>(`${BASE}/corrections/decided?from=${from}&to=${to}&limit=${limit}`, { signal }),
    refetchInterval: QUEUE_EVERY,
    placeholderData: keepPreviousData,
  });

/** How much of it there is. Nobody's data is looked at, so no look is written down. */
export const correctionCountQuery = () =>
  queryOptions({
    queryKey: [...correctionKeys.queue, "count"],
    queryFn: ({ signal }) => ask<Schemas["WaitingCorrections"]>(`${BASE}/corrections/waiting`, { signal }),
    refetchInterval: COUNT_EVERY,
  });

/** Decides each by itself, in the version that was looked at; the answer says of each what became of it. */
export async function decideCorrections(
  rows: readonly Correction[],
  outcome: Outcome,
  words: string | null,
): Promise<Schemas["DecidedCorrection"][]> {
  const corrections = rows.map(({ id, version }) => ({ id, version }));
  const answer = await send<Schemas["DecidedCorrections"]>("POST", `${BASE}/corrections/decisions`, {
    corrections,
    outcome,
    words,
  });
  return answer.items;
}

/** Takes an approved one back. */
export function revokeCorrection(read: Correction, words: string): Promise<Correction> {
  return send(
    "POST",
    `${BASE}/corrections/${encodeURIComponent(read.id)}/revocation`,
    { words },
    inVersion(read.version),
  );
}
