import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { keys } from "../api/queries";
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
  const view = useLive({ unit, date: null }, start, false);
  const { moved, frame: named } = view.live.cards;
  const frame = concerns === undefined ? view.live.frames : named;
  // Not a timer of the effect below: the next frame, five a second on a busy day, would put it off or take it away.
  const again = useMemo(
    () =>
      paced(() => {
        void client.invalidateQueries({
          predicate: ({ queryKey: [of, what] }) => of === keys.all[0] && (what === "card" || what === "unit-card"),
        });
      }, PACE),
    [client],
  );
  useEffect(() => again.stop, [again]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each frame that names somebody
  useEffect(() => {
    if (frame === 0 || (concerns !== undefined && moved !== null && ![...moved].some(concerns))) return;
    again.call();
  }, [frame, again]);
  return view;
}
