/** Findings as somebody works through them: chosen by list and words, in an order, page by page. Pure. */

import type { Remark } from "../api/directory";

export const PAGE = 50;

export type Order = "place" | "column" | "detail";

export interface Choice {
  /** null: every list of the file. */
  sheet: string | null;
  q: string;
  order: Order;
}

export function sheetsOf(findings: readonly Remark[]): string[] {
  return [...new Set(findings.map(({ sheet }) => sheet))];
}

/** The file's own order is that of its places. */
export function chosen(findings: readonly Remark[], { sheet, q, order }: Choice): Remark[] {
  const words = q.toLocaleLowerCase("id").split(/\s+/).filter(Boolean);
  const found = findings.filter((one) => {
    const text = `${one.column} ${one.detail} ${one.row}`.toLocaleLowerCase("id");
    return (sheet === null || one.sheet === sheet) && words.every((word) => text.includes(word));
  });
  if (order === "place") return found;
  return found.sort((a, b) => a[order].localeCompare(b[order], "id"));
}

export function pageOf<T>(rows: readonly T[], page: number): T[] {
  return rows.slice((page - 1) * PAGE, page * PAGE);
}
