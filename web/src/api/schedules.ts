/** What the screens ask about working time. Shapes are generated from attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, askFile, remove, send } from "./client";

type Schemas = components["schemas"];
export type Shift = Schemas["Shift"];
export type PatternVersion = Schemas["PatternVersion"];
export type PatternDay = Schemas["Day"];
export type Pattern = Schemas["PatternRecord"];
export type ReadyPattern = Schemas["ReadyPattern"];
export type UnitPattern = Schemas["AssignmentRecord"];
export type Holiday = Schemas["HolidayRecord"];
export type Ramadan = Schemas["RamadanRecord"];
export type Beginning = Schemas["BeginningRecord"];
export type Checked = Schemas["Checked"];
export type Remark = Schemas["ScheduleRemark"];
export type HolidayImport = Schemas["HolidayImport"];
export type MonthRoster = Schemas["MonthRoster"];
export type PersonRoster = Schemas["PersonRoster"];
export type RosterCell = Schemas["CellView"];
export type RosterChange = Schemas["RosterChange"];
export type Cycle = Schemas["Cycle"];

const BASE = "/api/attendance/v1";
const BOOK = `${BASE}/schedules`;
/** The book moves rarely. */
const FRESH = 60_000;
const ROSTER_PAGE = 50;

export const scheduleKeys = {
  all: ["schedules"] as const,
  book: ["schedules", "book"] as const,
  rosters: ["schedules", "rosters"] as const,
};

const rows = <T>(plural: string, search = "") =>
  queryOptions({
    queryKey: [...scheduleKeys.book, plural, search],
    queryFn: ({ signal }) => ask<T[]>(`${BOOK}/${plural}${search}`, { signal }),
    placeholderData: keepPreviousData,
  });

export const patternsQuery = () => ({ ...rows<Pattern>("patterns"), staleTime: FRESH });
export const readyQuery = () => rows<ReadyPattern>("ready");
export const unitPatternsQuery = () => rows<UnitPattern>("assignments");
export const holidaysQuery = (year: number) => rows<Holiday>("holidays", `?year=${year}`);
export const ramadansQuery = () => rows<Ramadan>("ramadans");
export const beginningsQuery = () => rows<Beginning>("beginnings");

const once = (key: string) => ({ "Idempotency-Key": key });
const inVersion = (version: number) => ({ "If-Match": `"${version}"` });
const at = (plural: string, id: string) => `${BOOK}/${plural}/${encodeURIComponent(id)}`;

/** What would be said to a pattern; nothing is saved. */
export function checkPattern(id: string | null, body: Schemas["NewPattern"]): Promise<Checked> {
  return send("POST", `${id === null ? `${BOOK}/patterns` : at("patterns", id)}/check`, body);
}

/** A new one (`read` null), or in place of what was read: an edit of somebody else in between is answered 412. */
export function savePattern(read: Pattern | null, body: Schemas["NewPattern"], key: string): Promise<Pattern> {
  return read === null
    ? send("POST", `${BOOK}/patterns`, body, once(key))
    : send("PUT", at("patterns", read.id), body, inVersion(read.version));
}

export function removeRow(plural: string, { id, version }: { id: string; version: number }): Promise<void> {
  return remove(at(plural, id), inVersion(version));
}

/** Takes a pattern of the law over and gives it to units, in one step. */
export function takeReady(key: string, unit_ids: string[], valid_from: string, once_: string): Promise<Pattern> {
  return send("POST", `${BOOK}/ready/${key}/take`, { unit_ids, valid_from }, once(once_));
}

export function checkMany(body: Schemas["ManyAssigned"]): Promise<Checked> {
  return send("POST", `${BOOK}/assignments/bulk/check`, body);
}

export function assignMany(body: Schemas["ManyAssigned"], key: string): Promise<Schemas["ManyAnswer"]> {
  return send("POST", `${BOOK}/assignments/bulk`, body, once(key));
}

export function addHoliday(body: Schemas["NewHoliday"], key: string): Promise<Holiday> {
  return send("POST", `${BOOK}/holidays`, body, once(key));
}

export function addRamadan(body: Schemas["NewRamadan"], key: string): Promise<Ramadan> {
  return send("POST", `${BOOK}/ramadans`, body, once(key));
}

export function addBeginning(body: Schemas["NewBeginning"], key: string): Promise<Beginning> {
  return send("POST", `${BOOK}/beginnings`, body, once(key));
}

/** Looks at a file of holidays, or takes all of it. */
export function sendHolidays(file: File, dryRun: boolean, key: string): Promise<HolidayImport> {
  return ask(`${BOOK}/holiday-imports?dry_run=${dryRun}`, {
    method: "POST",
    body: file,
    headers: { "Content-Type": "application/octet-stream", ...once(key) },
  });
}

export function holidayTemplate(): Promise<Blob> {
  return askFile(`${BOOK}/holiday-imports/template`);
}

/** Some people of a unit (null: of all within one's reach) by the days of a month; "" begins. */
export const rosterQuery = (unit: string | null, month: string, cursor: string) =>
  queryOptions({
    queryKey: [...scheduleKeys.rosters, unit, month, cursor],
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({ month, limit: String(ROSTER_PAGE) });
      if (unit !== null) search.set("unit_id", unit);
      if (cursor !== "") search.set("cursor", cursor);
      return ask<MonthRoster>(`${BASE}/rosters?${search}`, { signal });
    },
    placeholderData: keepPreviousData,
  });

/** What would be said to a change of a roster, asked again for each change. */
export const rosterCheckQuery = (body: RosterChange, enabled: boolean) =>
  queryOptions({
    queryKey: [...scheduleKeys.rosters, "check", body],
    queryFn: ({ signal }) =>
      ask<Checked>(`${BASE}/rosters/check`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
        signal,
      }),
    enabled,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });

export function saveRoster(body: RosterChange): Promise<Schemas["Saved"]> {
  return send("PUT", `${BASE}/rosters`, body);
}

export function checkCycle(body: Cycle): Promise<Checked> {
  return send("POST", `${BASE}/rosters/cycles/check`, body);
}

export function applyCycle(body: Cycle, key: string): Promise<Schemas["Saved"]> {
  return send("POST", `${BASE}/rosters/cycles`, body, once(key));
}
