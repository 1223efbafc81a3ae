import { useQueries, useQueryClient } from "@tanstack/react-query";
import { usePerson } from "../session/useSession";
import { type Source, sourcesOf } from "./notifications";

/** Calmly: what waits may be a minute old (milliseconds). */
const LOOK_EVERY = 60_000;

export interface Waits {
  source: Source;
  /** null: not known yet, or not to be had at the moment. */
  count: number | null;
}

/** What waits for whoever is signed in. A source that does not answer is left out of the sum, not shown as nothing. */
export function useWaiting(place: "bell" | "home"): Waits[] {
  const { person } = usePerson();
  const client = useQueryClient();
  const sources = sourcesOf(person, place);
  const counts = useQueries({
    queries: sources.map((source) => ({
      queryKey: source.key,
      queryFn: () => source.count(client, person),
      refetchInterval: LOOK_EVERY,
    })),
  });
  return sources.map((source, i) => ({ source, count: counts[i]?.data ?? null }));
}
