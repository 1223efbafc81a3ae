/** What the screens ask the directory. Shapes are generated from its OpenAPI (`pnpm run api`). */

import { queryOptions } from "@tanstack/react-query";
import { ask, command } from "./client";
import type { components } from "./directory.schema";

type Schemas = components["schemas"];
export type Profile = Schemas["Profile"];
export type SuperiorReport = Schemas["ReportRecord"];
export type SuperiorReports = Schemas["ReportPage"];
export type SuperiorReportState = SuperiorReport["state"];

const BASE = "/api/directory/v1";
const QUEUE_EVERY = 30_000;

export const directoryKeys = {
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
  return command(reportsOf(id), { reason }, key);
}

export type Employee = Schemas["EmployeeRecord"];
type EmployeePage = Schemas["Page_EmployeeRecord_"];

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
    held.kind === "primary" && held.valid_from <= today && (held.valid_to == null || today <= held.valid_to)
      ? { ...held, superior_id: superior }
      : held,
  );
  await ask<Employee>(where, {
    method: "PATCH",
    body: JSON.stringify({ assignments }),
    headers: { "Content-Type": "application/json", "If-Match": `"${found.version}"` },
  });
}

export function resolveReport(
  id: string,
  outcome: Schemas["Resolution"]["outcome"],
  answer: string,
): Promise<SuperiorReport> {
  return command(`${BASE}/superior-reports/${encodeURIComponent(id)}/resolution`, { outcome, answer }, id);
}

function reportsOf(id: string): string {
  return `${BASE}/employees/${encodeURIComponent(id)}/superior-reports`;
}
