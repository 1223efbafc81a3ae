/** What was looked at, in words people have for it: the operations of the services, gathered. */

import type { ReadEntry } from "../api/types";

const WHAT = {
  record: ["get_employee", "get_employee_history", "get_employee_profile"],
  superior: ["list_superior_reports", "list_own_superior_reports"],
  list: ["list_employees", "list_people", "follow_changes"],
  day: ["get_employee_day"],
  assessed: ["list_assessed_days", "explain_assessed_day"],
  export: ["export_xlsx", "export_zip", "export_csv"],
  pins: ["list_enrolments"],
  checkins: ["list_checkins", "list_doubted_checkins", "list_phones", "list_waiting_phones"],
  receipts: ["list_receipts", "get_receipt", "list_integrity_findings", "check_receipt_day"],
  notes: ["list_notes", "list_feedback_requests", "list_unit_praise"],
  letter: ["get_dead_letter"],
} as const;

export type What = keyof typeof WHAT | "otherData";

export function whatOf(operation: string): What {
  const found = Object.entries(WHAT).find(([, operations]) => (operations as readonly string[]).includes(operation));
  return (found?.[0] as What | undefined) ?? "otherData";
}

export interface Reading {
  reader: Pick<ReadEntry, "reader_id" | "reader_name" | "roles">;
  what: What;
  at: string;
}

/** One line for each reader, each thing looked at and each day (`dayOf` an instant), of the last time; newest first. */
export function gathered(entries: readonly ReadEntry[], dayOf: (at: string) => string): Reading[] {
  const lines = new Map<string, Reading>();
  for (const entry of entries) {
    const what = whatOf(entry.operation);
    const key = [dayOf(entry.last_at), what, entry.reader_id ?? entry.roles.join()].join("|");
    const known = lines.get(key);
    if (known === undefined || known.at < entry.last_at) lines.set(key, { reader: entry, what, at: entry.last_at });
  }
  return [...lines.values()].sort((one, other) => other.at.localeCompare(one.at));
}
