import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { dayKeys } from "../api/days";
import { paced } from "../card/paced";
import { movesCard } from "../live/fold";
import { useLive } from "../live/useLive";

/** Asks for the days again at most this often (milliseconds). A day is assessed a moment after its punch is counted. */
const PACE = 600;

/**
 * Follows the live stream while it is looked at and asks for somebody's days again when their figures move. What moves
 * without a punch is found by the queries, which ask by themselves (api/days.ts).
 */
export function useDaysMoving(employeeId: string, today: string) {
  const client = useQueryClient();
  const again = useMemo(
    () => paced(() => client.invalidateQueries({ queryKey: dayKeys.of(employeeId) }), PACE),
    [client, employeeId],
  );
  useEffect(() => again.stop, [again]);
  const start = useMemo(() => ({ date: today, position: null }), [today]);
  return useLive({ unit: null, date: null }, start, false, (frame) => {
    if (movesCard(frame, (one) => one === employeeId)) again.call();
  });
}
