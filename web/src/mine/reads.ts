/** What was looked at, in words people have for it: the operations of the services, gathered. */

const WHAT = {
  record: ["get_employee", "get_employee_history", "get_employee_profile"],
  superior: ["list_superior_reports", "list_own_superior_reports"],
  list: ["list_employees", "list_people", "follow_changes"],
  day: ["get_employee_day"],
  export: ["export_xlsx", "export_zip", "export_csv"],
  pins: ["list_enrolments"],
} as const;

export type What = keyof typeof WHAT | "otherData";

export function whatOf(operation: string): What {
  const found = Object.entries(WHAT).find(([, operations]) => (operations as readonly string[]).includes(operation));
  return (found?.[0] as What | undefined) ?? "otherData";
}
