/** What the screens ask about closed periods. Shapes are generated from attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, send } from "./client";

type Schemas = components["schemas"];
export type Period = Schemas["PeriodView"];
export type Closing = Schemas["ClosingView"];
export type ClosingPreview = Schemas["ClosingPreview"];
export type PeriodCalendar = Schemas["PeriodCalendarView"];
export type SentPeriodRule = Schemas["SentPeriodRule"];
export type Adjustment = Schemas["Adjustment"];
export type AdjustmentPage = Schemas["AdjustmentPage"];
export type Verification = Schemas["ClosingVerification"];
export type OwnClosings = Schemas["OwnClosings"];

const BASE = "/api/attendance/v1";
const CLOSINGS = `${BASE}/closings`;
/** While figures are stored and signed. */
const RUNNING_EVERY = 1_500;
const OWN_EVERY = 60_000;

export const closingKeys = { all: ["closings"] as const };

/** The periods that end in a year; asked again while one of them is being closed. */
export const periodsQuery = (year: number) =>
  queryOptions({
    queryKey: [...closingKeys.all, "periods", year],
    queryFn: ({ signal }) => ask<Schemas["PeriodList"]>(`${CLOSINGS}?year=${year}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === "closing") ? RUNNING_EVERY : false),
    placeholderData: keepPreviousData,
  });

/** What is still open in a period, as it is now. */
export const previewQuery = (first: string) =>
  queryOptions({
    queryKey: [...closingKeys.all, "preview", first],
    queryFn: ({ signal }) => ask<ClosingPreview>(`${CLOSINGS}/${first}/preview`, { signal }),
    gcTime: 0,
  });

export const periodCalendarQuery = () =>
  queryOptions({
    queryKey: [...closingKeys.all, "calendar"],
    queryFn: ({ signal }) => ask<PeriodCalendar>(`${CLOSINGS}/calendar`, { signal }),
  });

/** Those signed with a period; null: those that are not signed yet. "" begins. */
export const adjustmentsQuery = (first: string | null, cursor: string) =>
  queryOptions({
    queryKey: [...closingKeys.all, "adjustments", first, cursor],
    queryFn: ({ signal }) => {
      const search = cursor === "" ? "" : `?cursor=${encodeURIComponent(cursor)}`;
      const path = first === null ? "adjustments" : `${first}/adjustments`;
      return ask<AdjustmentPage>(`${CLOSINGS}/${path}${search}`, { signal });
    },
    placeholderData: keepPreviousData,
  });

/** Closed periods that have one of these days, as they concern one employee. */
export const ownClosingsQuery = (employee: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...closingKeys.all, "own", employee, from, to],
    queryFn: ({ signal }) =>
      ask<OwnClosings>(`${BASE}/employees/${encodeURIComponent(employee)}/closings?from=${from}&to=${to}`, { signal }),
    refetchInterval: OWN_EVERY,
  });

export function closePeriod(body: Schemas["NewClosing"], key: string): Promise<Period> {
  return send("POST", CLOSINGS, body, { "Idempotency-Key": key });
}

export function savePeriodCalendar(rows: readonly SentPeriodRule[], version: number): Promise<PeriodCalendar> {
  return send("PUT", `${CLOSINGS}/calendar`, { rows }, { "If-Match": `"${version}"` });
}

/** Hashes all that is stored of a period again. */
export function verifyClosing(first: string): Promise<Verification> {
  return ask(`${CLOSINGS}/${first}/verification`);
}
