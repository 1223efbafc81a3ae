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

const IMPORTS_EVERY = 10_000;
const RUNNING_EVERY = 1_000;
const FINDINGS = 1_000;
/** As many findings as anybody works through on a screen; the file has them all. */
export const MOST_FINDINGS = 20_000;

export const directoryKeys = {
  employee: (id: string) => ["directory", "employee", id] as const,
  profile: (id: string) => ["directory", "profile", id] as const,
  reportsOf: (id: string) => ["directory", "superior-reports", "of", id] as const,
  reports: ["directory", "superior-reports", "queue"] as const,
  imports: ["directory", "imports"] as const,
  units: ["directory", "units"] as const,
  sites: ["directory", "sites"] as const,
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

/** How many reports wait. Nobody's data is looked at, so no look is written down. */
export const openReportsQuery = () =>
  queryOptions({
    queryKey: [...directoryKeys.reports, "count"],
    queryFn: ({ signal }) => ask<Schemas["ReportCount"]>(`${BASE}/superior-reports/count`, { signal }),
  });

export function reportSuperior(id: string, reason: string, key: string): Promise<SuperiorReport> {
  return send("POST", reportsOf(id), { reason }, { "Idempotency-Key": key });
}

export type Employee = Schemas["EmployeeRecord"];
type EmployeePage = Schemas["Page_EmployeeRecord_"];

export type Unit = Schemas["UnitNode"];
export type Assignment = Schemas["Assignment"];

/** The tree of units on a day (null: today), parents before children; it moves rarely. */
export const unitsQuery = (date: string | null = null) =>
  queryOptions({
    queryKey: [...directoryKeys.units, "tree", date],
    queryFn: ({ signal }) =>
      ask<Schemas["UnitTree"]>(`${BASE}/units/tree${date === null ? "" : `?as_of=${date}`}`, { signal }),
    staleTime: UNITS_FRESH,
  });

export type UnitRecord = Schemas["UnitRecord"];
export type UnitVersion = Schemas["UnitVersion"];

export const unitQuery = (id: string) =>
  queryOptions({
    queryKey: [...directoryKeys.units, id],
    queryFn: ({ signal }) => ask<UnitRecord>(unitAt(id), { signal }),
  });

export function createUnit(unit: Schemas["Unit"], key: string): Promise<UnitRecord> {
  return send("POST", `${BASE}/units`, unit, { "Idempotency-Key": key });
}

/** Puts other versions on a unit that was read in `version`: an edit of somebody else in between is answered 412. */
export function changeUnit(id: string, version: number, versions: readonly UnitVersion[]): Promise<UnitRecord> {
  return send("PATCH", unitAt(id), { versions }, { "If-Match": `"${version}"` });
}

/** From the highest: as the law lists them. */
const POST_KINDS: Schemas["PostRecord"]["kind"][] = [
  "jpt_utama",
  "jpt_madya",
  "jpt_pratama",
  "administrator",
  "pengawas",
  "fungsional",
  "pelaksana",
];

/** Who holds a post in a unit itself on a day, and the posts, the highest first. */
export const holdersQuery = (unit: string, date: string) =>
  queryOptions({
    queryKey: [...directoryKeys.units, unit, "holders", date],
    queryFn: async ({ signal }) => {
      const search = new URLSearchParams({ unit, below: "false", as_of: date, limit: String(PAGE) });
      const people = await ask<EmployeePage>(`${BASE}/employees?${search}`, { signal });
      const held = people.items.flatMap((person) =>
        person.assignments.filter((one) => one.unit_id === unit && holds(one, date)).map((post) => ({ person, post })),
      );
      const ids = [...new Set(held.map(({ post }) => post.post_id))];
      const posts = await Promise.all(
        ids.map((id) => ask<Schemas["PostRecord"]>(`${BASE}/posts/${encodeURIComponent(id)}`, { signal })),
      );
      const byId = new Map(posts.map((post) => [post.id, post]));
      const rank = (id: string) => POST_KINDS.indexOf(byId.get(id)?.kind ?? "pelaksana");
      const acting = ({ post }: (typeof held)[number]) => Number(post.kind !== "primary");
      held.sort((a, b) => rank(a.post.post_id) - rank(b.post.post_id) || acting(a) - acting(b));
      return { held, posts: byId, more: people.next_cursor !== null };
    },
  });

function unitAt(id: string): string {
  return `${BASE}/units/${encodeURIComponent(id)}`;
}

/** Work sites by name, for choosing one. */
export const sitesQuery = () =>
  queryOptions({
    queryKey: [...directoryKeys.sites, "all"],
    queryFn: ({ signal }) => ask<Schemas["Page_SiteRecord_"]>(`${BASE}/sites?limit=500`, { signal }),
    staleTime: UNITS_FRESH,
  });

export type Site = Schemas["Site"];
export type SiteRecord = Schemas["SiteRecord"];

export const siteQuery = (id: string) =>
  queryOptions({
    queryKey: [...directoryKeys.sites, id],
    queryFn: ({ signal }) => ask<SiteRecord>(`${BASE}/sites/${encodeURIComponent(id)}`, { signal }),
  });

export function createSite(site: Site, key: string): Promise<SiteRecord> {
  return send("POST", `${BASE}/sites`, site, { "Idempotency-Key": key });
}

/** Replaces a site that was read in `version`: an edit of somebody else in between is answered 412. */
export function replaceSite(id: string, version: number, site: Site): Promise<SiteRecord> {
  return send("PUT", `${BASE}/sites/${encodeURIComponent(id)}`, site, { "If-Match": `"${version}"` });
}

/** Those of the directory that one may see, by name, page by page. */
/** The ways a list of employees can run; the first is its own. */
export const EMPLOYEE_ORDERS = ["name", "-name", "number", "-number"] as const;
export type EmployeeOrder = (typeof EMPLOYEE_ORDERS)[number];

export const employeesQuery = (q: string, unit: string | null, order: EmployeeOrder) =>
  infiniteQueryOptions({
    queryKey: ["directory", "employees", q, unit, order],
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams({ limit: String(PAGE), order });
      if (q !== "") search.set("q", q);
      if (unit !== null) search.set("unit", unit);
      if (pageParam !== null) search.set("cursor", pageParam);
      return ask<EmployeePage>(`${BASE}/employees?${search}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** The names of these people, by id; who is not one's to see is absent. */
export const namesQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ["directory", "names", ...ids],
    queryFn: async ({ signal }) => {
      const search = new URLSearchParams([["limit", "200"], ...ids.map((id) => ["id", id])]);
      const page = await ask<EmployeePage>(`${BASE}/employees?${search}`, { signal });
      return new Map(page.items.map(({ id, name }) => [id, name]));
    },
    enabled: ids.length > 0,
    staleTime: UNITS_FRESH,
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

export type Import = Schemas["ImportRecord"];
export type ImportState = Import["state"];
export type Remark = Schemas["Remark"];
export type SheetName = "unit" | "lokasi" | "jabatan" | "pegawai" | "pangkat" | "penugasan";

/** The newest imports. */
export const importsQuery = () =>
  queryOptions({
    queryKey: [...directoryKeys.imports, "latest"],
    queryFn: ({ signal }) => ask<Schemas["ImportList"]>(`${BASE}/imports?limit=20`, { signal }),
    refetchInterval: IMPORTS_EVERY,
  });

/** One import; asked again every second while it runs. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [...directoryKeys.imports, id],
    queryFn: ({ signal }) => ask<Import>(importAt(id), { signal }),
    refetchInterval: ({ state }) => (state.data?.finished_at === null ? RUNNING_EVERY : false),
  });

/** Everything an import has found, for one reading of the file (`finished`). */
export const findingsQuery = (id: string, finished: string) =>
  queryOptions({
    queryKey: [...directoryKeys.imports, id, "findings", finished],
    queryFn: async ({ signal }) => {
      const found: Remark[] = [];
      let first: number | null = 0;
      while (first !== null && found.length < MOST_FINDINGS) {
        const page: Schemas["FindingsPage"] = await ask(`${importAt(id)}/findings?first=${first}&limit=${FINDINGS}`, {
          signal,
        });
        found.push(...page.items);
        first = page.next_first;
      }
      return found;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Sends a file to be checked; nothing changes. `encoding` of a CSV file, null: Unicode. */
export function checkFile(file: File, encoding: "cp1252" | null, key: string): Promise<Import> {
  const search = new URLSearchParams({ filename: file.name.slice(-200), dry_run: "true" });
  if (encoding !== null) search.set("encoding", encoding);
  return ask(`${BASE}/imports?${search}`, {
    method: "POST",
    body: file,
    headers: { "Content-Type": "application/octet-stream", "Idempotency-Key": key },
  });
}

/** Applies a clean check. The same import is applied once, however often this is sent. */
export function applyImport(id: string): Promise<Import> {
  return ask(`${importAt(id)}/apply`, { method: "POST", headers: { "Idempotency-Key": `apply-${id}` } });
}

export function findingsFile(id: string): Promise<Blob> {
  return askFile(`${importAt(id)}/findings.csv`);
}

/** An empty list to fill in: the workbook with its explanations, or one list as CSV. */
export function templateFile(sheet: SheetName | null): Promise<Blob> {
  return askFile(sheet === null ? `${BASE}/template.xlsx` : `${BASE}/template/${sheet}.csv`);
}

function importAt(id: string): string {
  return `${BASE}/imports/${encodeURIComponent(id)}`;
}

function reportsOf(id: string): string {
  return `${BASE}/employees/${encodeURIComponent(id)}/superior-reports`;
}
