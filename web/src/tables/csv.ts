/** A table as a file that spreadsheets open. Pure. */

import { clockWithSeconds, type Language, localDate, zoneName } from "../format/time";

export type Cell = string | number | null | undefined;

export interface Table {
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A spreadsheet runs a cell that begins like a formula; a leading apostrophe makes it text. */
function cell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";,\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With a byte order mark and the separator spreadsheets of that language expect; unknown stays empty. */
export function csvOf(title: string, { head, rows }: Table, language: Language): string {
  const separator = language === "id" ? ";" : ",";
  const lines = [[title], head, ...rows].map((line) => line.map(cell).join(separator));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/** `2026-08-03 07:31:05` and `WIB`: an instant as two cells, which sort and count as what they are. */
export function instantCells(at: string | null, zone: string): [Cell, Cell] {
  return at === null
    ? [null, null]
    : [`${localDate(at, zone)} ${clockWithSeconds(at, zone, "en")}`, zoneName(zone, at)];
}
