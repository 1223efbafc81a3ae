import { useQuery } from "@tanstack/react-query";
import { dayQuery } from "../api/queries";
import { localDate } from "../format/time";
import { useNow } from "../live/useNow";
import { useAgency } from "../shell/agency";

const MINUTE = 60_000;

/** Which day it is for an employee: on another island it may be the next one already, the site's clock decides. */
export function useOwnDate(employeeId: string): string {
  const agency = useAgency();
  const now = new Date(useNow(MINUTE)).toISOString();
  const asked = useQuery(dayQuery(employeeId, localDate(now, agency.zone)));
  return localDate(now, asked.data?.site?.zone ?? agency.zone);
}
