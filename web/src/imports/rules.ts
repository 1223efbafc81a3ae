/** What an import's state means for whoever sent it, and which files need not be sent at all. Pure. */

import type { Import } from "../api/directory";

export const IMPORTS = "/impor";

/** The service takes this much (bytes). */
export const LARGEST = 32 * 1024 * 1024;

export type Refused = "tooLarge" | "wrongType" | "empty";

/** Why a file cannot be an import; null when it may be one. The service looks at what is in it. */
export function refused({ name, size }: { name: string; size: number }): Refused | null {
  if (!/\.(xlsx|csv|zip)$/i.test(name)) return "wrongType";
  if (size === 0) return "empty";
  return size > LARGEST ? "tooLarge" : null;
}

/** Whether somebody must say how letters are written in it: a workbook says so itself. */
export function isText(name: string): boolean {
  return /\.(csv|zip)$/i.test(name);
}

/**
 * running: being checked or applied · wrong: has errors · clean: may be applied · same: would change nothing ·
 * applied · failed: the system's fault.
 */
export type Outcome = "running" | "wrong" | "clean" | "same" | "applied" | "failed";

export function outcomeOf(found: Import): Outcome {
  if (found.finished_at === null) return "running";
  if (found.state === "rejected") return "wrong";
  if (found.state === "failed") return "failed";
  if (changes(found) === 0) return "same";
  return found.state === "checked" ? "clean" : "applied";
}

/** Entities that are new or changed. */
export function changes({ counts }: Pick<Import, "counts">): number {
  return Object.values(counts).reduce((sum, one) => sum + one.new + one.changed, 0);
}

/** How far a running import is, in percent; null while nobody knows. */
export function progress({ state, rows }: Pick<Import, "state" | "rows">): number | null {
  if (rows.total === 0 || state === "queued" || state === "checking") return null;
  return Math.min(100, Math.floor((rows.done / rows.total) * 100));
}
