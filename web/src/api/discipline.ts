/** What the screens ask about discipline. Shapes are generated from attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, send } from "./client";

type Schemas = components["schemas"];
export type Ladder = Schemas["Ladder"];
export type Case = Schemas["CaseView"];
export type CaseSummary = Schemas["CaseSummary"];
export type CaseStatus = Case["status"];
export type Deadline = Schemas["CaseDeadline"];
export type Near = Schemas["NearStep"];
export type Warned = Schemas["Warned"];
export type CountedDay = Schemas["CountedDay"];
export type CaseState = "open" | "closed" | "gone";
export type Examination = Schemas["Examination"];
export type CaseDecision = Schemas["CaseDecision"];

const BASE = "/api/attendance/v1";
const OWN_EVERY = 15_000;
const LIST_EVERY = 15_000;
const COUNT_EVERY = 60_000;

export const disciplineKeys = {
  all: ["discipline"] as const,
  own: (employee: string) => ["discipline", "own", employee] as const,
  count: ["discipline", "count"] as const,
  cases: ["discipline", "cases"] as const,
};

/** Where somebody stands this year. */
export const ladderQuery = (employee: string) =>
  queryOptions({
    queryKey: disciplineKeys.own(employee),
    queryFn: ({ signal }) => ask<Ladder>(`${BASE}/employees/${encodeURIComponent(employee)}/ladder`, { signal }),
    refetchInterval: OWN_EVERY,
  });

/** Of one's people those close to a step. */
export const nearQuery = (limit: number) =>
  queryOptions({
    queryKey: ["discipline", "near", limit],
    queryFn: ({ signal }) => ask<Schemas["NearList"]>(`${BASE}/discipline/people?limit=${limit}`, { signal }),
    refetchInterval: LIST_EVERY,
  });

export const casesQuery = (state: CaseState, limit: number) =>
  queryOptions({
    queryKey: [...disciplineKeys.cases, state, limit],
    queryFn: ({ signal }) =>
      ask<Schemas["CaseList"]>(`${BASE}/discipline/cases?state=${state}&limit=${limit}`, { signal }),
    refetchInterval: LIST_EVERY,
    placeholderData: keepPreviousData,
  });

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: [...disciplineKeys.cases, "one", id],
    queryFn: ({ signal }) => ask<Case>(`${BASE}/discipline/cases/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: OWN_EVERY,
  });

/** Numbers only: nobody's data is looked at, so no look is written down. */
export const disciplineCountQuery = () =>
  queryOptions({
    queryKey: disciplineKeys.count,
    queryFn: ({ signal }) => ask<Schemas["DisciplineCount"]>(`${BASE}/discipline/attention`, { signal }),
    refetchInterval: COUNT_EVERY,
  });

/** A step of a case, made from the version that was read. */
function step(read: Case, what: string, body: object): Promise<Case> {
  const headers = { "If-Match": `"${read.version}"` };
  return send("POST", `${BASE}/discipline/cases/${encodeURIComponent(read.id)}/${what}`, body, headers);
}

export const examineCase = (read: Case, body: Examination) => step(read, "examination", body);
export const decideCase = (read: Case, body: CaseDecision) => step(read, "decision", body);
export const dropCase = (read: Case, words: string) => step(read, "drop", { words });
export const deliverCase = (read: Case, delivered_on: string) => step(read, "delivery", { delivered_on });
