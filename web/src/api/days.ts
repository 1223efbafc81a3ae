/** What attendance answers about assessed days. Shapes are generated from its OpenAPI (`pnpm run api`). */

import { queryOptions } from "@tanstack/react-query";
import { attendanceKeys } from "./attendance";
import type { components } from "./attendance.schema";
import { ask } from "./client";

type Schemas = components["schemas"];
export type Day = Schemas["DayAssessed"];
export type DayStatus = Day["status"];
export type DayPage = Schemas["DayPage"];
export type ExplainedDay = Schemas["ExplainedDay"];
export type AssessedDay = ExplainedDay["day"];
export type AssessedShift = AssessedDay["shifts"][number];
export type Step = AssessedDay["steps"][number];
export type SeenPunch = ExplainedDay["punches"][number];

const BASE = "/api/attendance/v1";
/** What happens without a punch (time, an excuse that was granted) is looked for this often (milliseconds). */
const RUNNING_EVERY = 5_000;
const PAST_EVERY = 60_000;
/** Rows of the book of working time change seldom. */
const BOOK_FRESH = 10 * 60_000;

export const dayKeys = {
  of: (employee_id: string) => [...attendanceKeys.all, "days", employee_id] as const,
};

const path = (employee_id: string) => `${BASE}/employees/${encodeURIComponent(employee_id)}/days`;

/** The assessed days of a period. `running`: today is among them. */
export const daysQuery = (employee_id: string, from: string, to: string, running: boolean) =>
  queryOptions({
    queryKey: [...dayKeys.of(employee_id), from, to],
    queryFn: ({ signal }) => ask<DayPage>(`${path(employee_id)}?${new URLSearchParams({ from, to })}`, { signal }),
    refetchInterval: running ? RUNNING_EVERY : PAST_EVERY,
    placeholderData: (before, query) => (query?.queryKey[2] === employee_id ? before : undefined),
  });

/** The assessed days of a period as they were known when a date ended: the same answer for ever. */
export const knownDaysQuery = (employee_id: string, from: string, to: string, known_on: string) =>
  queryOptions({
    queryKey: [...dayKeys.of(employee_id), from, to, "known on", known_on],
    queryFn: ({ signal }) =>
      ask<DayPage>(`${path(employee_id)}?${new URLSearchParams({ from, to, known_on })}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before, query) => (query?.queryKey[2] === employee_id ? before : undefined),
  });

/** One date with every step that led to it. `running`: it is not over. */
export const explainedQuery = (employee_id: string, date: string, running: boolean) =>
  queryOptions({
    queryKey: [...dayKeys.of(employee_id), date],
    queryFn: ({ signal }) => ask<ExplainedDay>(`${path(employee_id)}/${date}`, { signal }),
    refetchInterval: running ? RUNNING_EVERY : PAST_EVERY,
  });

/** A row of the book by its id: its name is all that is wanted of it. */
export const bookRowQuery = (plural: "patterns" | "holidays", id: string) =>
  queryOptions({
    queryKey: [...attendanceKeys.all, "book", plural, id],
    queryFn: ({ signal }) => ask<{ name: string }>(`${BASE}/schedules/${plural}/${encodeURIComponent(id)}`, { signal }),
    staleTime: BOOK_FRESH,
    retry: false, // a row that was taken away has no name any more
  });

/** The holidays of a year, for their names. */
export const holidaysQuery = (year: string) =>
  queryOptions({
    queryKey: [...attendanceKeys.all, "book", "holidays of", year],
    queryFn: ({ signal }) => ask<Schemas["HolidayRecord"][]>(`${BASE}/schedules/holidays?year=${year}`, { signal }),
    staleTime: BOOK_FRESH,
  });
