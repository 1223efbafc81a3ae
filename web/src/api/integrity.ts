/** What the screens ask about the chain of receipts. Shapes are generated from attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, send } from "./client";

type Schemas = components["schemas"];
export type Finding = Schemas["FindingView"];
export type DayOfChain = Schemas["DayOfChain"];
export type DayChecked = Schemas["DayChecked"];

const BASE = "/api/attendance/v1";
const EVERY = 15_000;

export const integrityKeys = {
  findings: ["integrity"] as const,
  days: ["receipt-days"] as const,
};

/** Newest first. */
export const findingsQuery = (open: boolean, limit: number) =>
  queryOptions({
    queryKey: [...integrityKeys.findings, "rows", open, limit],
    queryFn: ({ signal }) => ask<Schemas["FindingList"]>(`${BASE}/integrity?open=${open}&limit=${limit}`, { signal }),
    refetchInterval: EVERY,
    placeholderData: keepPreviousData,
  });

/** How many wait. Nobody's data is looked at, so no look is written down. */
export const openFindingsQuery = () =>
  queryOptions({
    queryKey: [...integrityKeys.findings, "open"],
    queryFn: ({ signal }) => ask<Schemas["OpenFindings"]>(`${BASE}/integrity/open`, { signal }),
    refetchInterval: EVERY,
  });

/** Closes it with what was found out. */
export function closeFinding(id: string, note: string): Promise<Finding> {
  return send("POST", `${BASE}/integrity/${encodeURIComponent(id)}/close`, { note });
}

/** Days on which punches were recorded, both included, newest first. */
export const chainDaysQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: [...integrityKeys.days, from, to],
    queryFn: ({ signal }) => ask<Schemas["DaysOfChain"]>(`${BASE}/receipts/days?from=${from}&to=${to}`, { signal }),
    refetchInterval: EVERY,
    placeholderData: keepPreviousData,
  });

/** Looks at the next part of a day; `cursor` null: the first. */
export function checkPart(day: string, cursor: string | null, signal: AbortSignal): Promise<DayChecked> {
  const search = cursor === null ? "" : `?${new URLSearchParams({ cursor })}`;
  return ask(`${BASE}/receipts/days/${day}/check${search}`, { method: "POST", signal });
}
