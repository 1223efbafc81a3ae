import { href, periodParts, readPeriod } from "./address";
import type { Period } from "./period";
import { usePlace } from "./usePlace";

/** The address's period, and a way to another. */
export function usePeriod(today: string) {
  const { path, search, replace } = usePlace();
  const change = (chosen: Period) => replace(href(path, periodParts(chosen, today), search));
  return { period: readPeriod(search, today), change };
}
