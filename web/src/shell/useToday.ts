import { localDate } from "../format/time";
import { useNow } from "../live/useNow";
import { useAgency } from "./agency";

const MINUTE = 60_000;

/** The agency's date, `YYYY-MM-DD`: a page that is left open over midnight goes on to the next. */
export function useToday(): string {
  const { zone } = useAgency();
  return localDate(new Date(useNow(MINUTE)).toISOString(), zone);
}
