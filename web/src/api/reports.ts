/** What the screens ask about month reports. Shapes are generated from reporting's OpenAPI (`pnpm run api`). */

import { infiniteQueryOptions } from "@tanstack/react-query";
import { address, askFile, get } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type MonthReport = Schemas["MonthReport"];
export type MonthPerson = Schemas["MonthPerson"];
export type MonthSums = Schemas["MonthSums"];
export type MonthClosing = Schemas["Closing"];

const PAGE = 50;
const SNAPSHOT_EVERY = 60_000;
export const FILES = ["xlsx", "csv"] as const;
export type FileKind = (typeof FILES)[number];

/** A month `YYYY-MM` of a unit with everything below it (null: the whole agency), people by name, a page at a time. */
export const monthReportQuery = (unit: string | null, month: string) =>
  infiniteQueryOptions({
    queryKey: ["reporting", "month-report", unit, month],
    queryFn: ({ signal, pageParam }) =>
      get("/reports/attendance/months/{month}", { unit, cursor: pageParam, limit: PAGE }, signal, { month }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: SNAPSHOT_EVERY,
  });

/** The whole report as a file. */
export function monthReportFile(unit: string | null, month: string, kind: FileKind): Promise<Blob> {
  return askFile(address(`/reports/attendance/months/{month}.${kind}`, { unit }, { month }));
}
