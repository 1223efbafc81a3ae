import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { keys } from "../api/queries";
import { movesCard } from "../live/fold";
import { type Start, useLive } from "../live/useLive";
import { paced } from "./paced";

/** Asks for figures again at most this often (milliseconds). */
const PACE = 300;

/**
 * Follows the stream of a unit (null: all one may see) and asks for its cards again when one moves that `concerns`; for
 * all of them when the stream could not name them. Without `concerns` whatever moves counts: a unit's services have ratings
 * that are nobody's.
 */
export function useCardsMoving(unit: string | null, start: Start | null, concerns?: (employee: string) => boolean) {
  const client = useQueryClient();
  // Not a timer of one frame: the next, five a second on a busy day, would put it off or take it away.
  const again = useMemo(
    () =>
      paced(
        () =>
          client.invalidateQueries({
            predicate: ({ queryKey: [of, what] }) => of === keys.all[0] && (what === "card" || what === "unit-card"),
          }),
        PACE,
      ),
    [client],
  );
  useEffect(() => again.stop, [again]);
  return useLive({ unit, date: null }, start, false, (frame) => {
    if (concerns === undefined || movesCard(frame, concerns)) again.call();
  });
}
