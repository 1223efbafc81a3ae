/** What the screens ask about outages and completeness. Shapes are generated from attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, send } from "./client";

type Schemas = components["schemas"];
export type Outage = Schemas["OutageView"];
export type Case = Schemas["OutageCaseView"];
export type CaseState = Case["state"];
export type OutageOutcome = Schemas["OutageDecision"]["outcome"];
export type NewOutage = Schemas["NewOutage"];
export type Decision = Schemas["DecisionView"];
export type TerminalComplete = Schemas["TerminalComplete"];
export type SiteComplete = Schemas["SiteComplete"];

const BASE = "/api/attendance/v1";
const EVERY = 15_000;
/** While a decision is carried out. */
const RUNNING_EVERY = 1_000;
const CASES = 200;

export const outageKeys = { all: ["outages"] as const };
export const OUTAGE_STATES = ["open", "closed", "all"] as const;
export const CASE_KINDS = ["late", "early", "absent", "missing_scan"] as const;
export type OutageState = (typeof OUTAGE_STATES)[number];
export type CaseKind = (typeof CASE_KINDS)[number];

const at = (id: string) => `${BASE}/outages/${encodeURIComponent(id)}`;

/** Newest first. */
export const outagesQuery = (state: OutageState, limit: number) =>
  queryOptions({
    queryKey: [...outageKeys.all, "rows", state, limit],
    queryFn: ({ signal }) => ask<Schemas["OutagePage"]>(`${BASE}/outages?state=${state}&limit=${limit}`, { signal }),
    refetchInterval: EVERY,
    placeholderData: keepPreviousData,
  });

export const outageQuery = (id: string, running: boolean) =>
  queryOptions({
    queryKey: [...outageKeys.all, "one", id],
    queryFn: ({ signal }) => ask<Outage>(at(id), { signal }),
    refetchInterval: running ? RUNNING_EVERY : EVERY,
  });

/** Whose dates it may have spoiled; `kind`: only what is held against them. */
export const casesQuery = (id: string, state: CaseState, kind: CaseKind | null, running: boolean) =>
  queryOptions({
    queryKey: [...outageKeys.all, "cases", id, state, kind],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ state, limit: String(CASES), ...(kind === null ? {} : { kind }) });
      return ask<Schemas["CasePage"]>(`${at(id)}/cases?${query}`, { signal });
    },
    refetchInterval: running ? RUNNING_EVERY : EVERY,
    placeholderData: keepPreviousData,
  });

export const decisionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...outageKeys.all, "decisions", id],
    queryFn: ({ signal }) => ask<Schemas["DecisionPage"]>(`${at(id)}/decisions`, { signal }),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ running }) => running) === true ? RUNNING_EVERY : EVERY,
  });

export function tellOutage(body: NewOutage, key: string): Promise<{ id: string }> {
  return send("POST", `${BASE}/outages`, body, { "Idempotency-Key": key });
}

/** About these, or about all that wait. It is carried out a moment later, in pieces. */
export function decideOutage(
  read: Outage,
  outcome: OutageOutcome,
  note: string,
  cases: readonly Case[] | null,
  key: string,
): Promise<Decision> {
  const some = cases === null ? {} : { cases: cases.map(({ employee_id, day }) => ({ employee_id, day })) };
  const headers = { "Idempotency-Key": key, "If-Match": `"${read.version}"` };
  return send("POST", `${at(read.id)}/decisions`, { outcome, note, ...some }, headers);
}

/** What terminals hold of a date against what is stored. */
export const completenessQuery = (date: string) =>
  queryOptions({
    queryKey: [...outageKeys.all, "completeness", date],
    queryFn: ({ signal }) =>
      ask<Schemas["CompletenessPage"]>(`${BASE}/reconciliation?date=${date}&limit=500`, { signal }),
    refetchInterval: EVERY,
    placeholderData: keepPreviousData,
  });
