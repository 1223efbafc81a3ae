/** What the screens ask the directory. Shapes are generated from its OpenAPI (`pnpm run api`). */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { holds } from "../directory/records";
import { ask, askFile, send } from "./client";
import type { components } from "./directory.schema";

type Schemas = components["schemas"];
export type Profile = Schemas["Profile"];
export type SuperiorReport = Schemas["ReportRecord"];
export type SuperiorReports = Schemas["ReportPage"];
export type SuperiorReportState = SuperiorReport["state"];

const BASE = "/api/directory/v1";
const QUEUE_EVERY = 30_000;
const UNITS_FRESH = 300_000;
const PAGE = 100;

export const directoryKeys = {
  employee: (id: string) => ["directory", "employee", id] as const,
  profile: (id: string) => ["directory", "profile", id] as const,
  reportsOf: (id: string) => ["directory", "superior-reports", "of", id] as const,
  reports: ["directory", "superior-reports", "queue"] as const,
};

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: directoryKeys.profile(id),
    queryFn: ({ signal }) => ask<Profile>(`${BASE}/employees/${encodeURIComponent(id)}/profile`, { signal }),
  });

export const ownReportsQuery = (id: string) =>
  queryOptions({
    queryKey: directoryKeys.reportsOf(id),
    queryFn: ({ signal }) => ask<SuperiorReport[]>(reportsOf(id), { signal }),
  });

export const reportsQuery = (state: SuperiorReportState) =>
  queryOptions({
    queryKey: [...directoryKeys.reports, state],
    queryFn: ({ signal }) => ask<SuperiorReports>(`${BASE}/superior-reports?state=${state}&limit=200`, { signal }),
    refetchInterval: QUEUE_EVERY,
  });

export function reportSuperior(id: string, reason: string, key: string): Promise<SuperiorReport> {
  return send("POST", reportsOf(id), { reason }, { "Idempotency-Key": key });
}

export type Employee = Schemas["EmployeeRecord"];
type EmployeePage = Schemas["Page_EmployeeRecord_"];

export type Unit = Schemas["UnitNode"];
export type Assignment = Schemas["Assignment"];

/** The tree of units today, parents before children; it moves rarely. */
export const unitsQuery = () =>
  queryOptions({
    queryKey: ["directory", "units"],
    queryFn: ({ signal }) => ask<Schemas["UnitTree"]>(`${BASE}/units/tree`, { signal }),
    staleTime: UNITS_FRESH,
  });

/** Work sites by name, for choosing one. */
export const sitesQuery = () =>
  queryOptions({
    queryKey: ["directory", "sites"],
    queryFn: ({ signal }) => ask<Schemas["Page_SiteRecord_"]>(`${BASE}/sites?limit=500`, { signal }),
    staleTime: UNITS_FRESH,
  });

/** Those of the directory that one may see, by name, page by page. */
export const employeesQuery = (q: string, unit: string | null) =>
  infiniteQueryOptions({
    queryKey: ["directory", "employees", q, unit],
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams({ limit: String(PAGE) });
      if (q !== "") search.set("q", q);
      if (unit !== null) search.set("unit", unit);
      if (pageParam !== null) search.set("cursor", pageParam);
      return ask<EmployeePage>(`${BASE}/employees?${search}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const employeeQuery = (id: string) =>
  queryOptions({
    queryKey: directoryKeys.employee(id),
    queryFn: ({ signal }) => ask<Employee>(`${BASE}/employees/${encodeURIComponent(id)}`, { signal }),
  });

/** The whole directory as a workbook that the import takes back. */
export function exportWorkbook(): Promise<Blob> {
  return askFile(`${BASE}/export.xlsx`);
}

/** People whose name or number holds every word of `q`: for choosing somebody. */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ["directory", "search", q],
    queryFn: ({ signal }) => ask<EmployeePage>(`${BASE}/employees?limit=8&q=${encodeURIComponent(q)}`, { signal }),
    enabled: q.length >= 3,
  });

/**
 * Puts another superior on the own post that somebody holds today. Read and written at one version: an edit of somebody
 * else in between is answered 412 and nothing is lost.
 */
export async function changeSuperior(id: string, superior: string, today: string): Promise<void> {
  const where = `${BASE}/employees/${encodeURIComponent(id)}`;
  const found = await ask<Employee>(where);
  const assignments = found.assignments.map((held) =>
    held.kind === "primary" && holds(held, today) ? { ...held, superior_id: superior } : held,
  );
  await send("PATCH", where, { assignments }, { "If-Match": `"${found.version}"` });
}

export function resolveReport(
  id: string,
  outcome: Schemas["Resolution"]["outcome"],
  answer: string,
): Promise<SuperiorReport> {
  return send("POST", `${BASE}/superior-reports/${encodeURIComponent(id)}/resolution`, { outcome, answer });
}

function reportsOf(id: string): string {
  return `${BASE}/employees/${encodeURIComponent(id)}/superior-reports`;
}
