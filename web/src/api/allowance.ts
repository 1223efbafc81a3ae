/** What the screens ask about the discipline component of the allowance. Shapes: attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, send } from "./client";

type Schemas = components["schemas"];
export type MonthCut = Schemas["MonthCut"];
export type CutLine = Schemas["CutLine"];
export type Table = Schemas["TableView"];
export type TableList = Schemas["TableList"];
export type NewChoice = Schemas["NewChoice"];
export type UnitCut = Schemas["UnitCut"];

const BASE = "/api/attendance/v1";
const EVERY = 15_000;

export const allowanceKeys = {
  tables: ["allowance", "tables"] as const,
  month: (employee: string) => ["allowance", "month", employee] as const,
};

/** A month (`YYYY-MM`) of somebody. */
export const monthCutQuery = (employee: string, month: string) =>
  queryOptions({
    queryKey: [...allowanceKeys.month(employee), month],
    queryFn: ({ signal }) =>
      ask<MonthCut>(`${BASE}/employees/${encodeURIComponent(employee)}/allowance?month=${month}`, { signal }),
    refetchInterval: EVERY,
    placeholderData: keepPreviousData,
  });

export const tablesQuery = () =>
  queryOptions({
    queryKey: allowanceKeys.tables,
    queryFn: ({ signal }) => ask<TableList>(`${BASE}/allowance/tables`, { signal }),
  });

/** What a month of a unit comes to, and would by another table. */
export const unitCutQuery = (unit: string, month: string, table: string) =>
  queryOptions({
    queryKey: ["allowance", "unit", unit, month, table],
    queryFn: ({ signal }) =>
      ask<UnitCut>(
        `${BASE}/allowance/units/${encodeURIComponent(unit)}?month=${month}&table=${encodeURIComponent(table)}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

export function chooseTable(body: NewChoice, key: string): Promise<Schemas["ChoiceView"]> {
  return send("POST", `${BASE}/allowance/choices`, body, { "Idempotency-Key": key });
}

export function takeBackChoice(id: string): Promise<unknown> {
  return ask(`${BASE}/allowance/choices/${encodeURIComponent(id)}`, { method: "DELETE" });
}
