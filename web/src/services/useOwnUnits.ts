import { useQuery } from "@tanstack/react-query";
import { employeeQuery } from "../api/directory";
import { unitsHeld } from "./own";

/** The units one holds a post in today; undefined until that is known. */
export function useOwnUnits(employeeId: string | null, today: string) {
  const record = useQuery({ ...employeeQuery(employeeId ?? ""), enabled: employeeId !== null });
  const units = employeeId === null ? [] : record.data && unitsHeld(record.data.assignments, today);
  return { units, error: record.error, retry: record.refetch };
}
