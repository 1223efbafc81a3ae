import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { latestQuery, presenceQuery, type Scope } from "../api/queries";
import type { Person, Presence } from "../api/types";
import { localDate } from "../format/time";
import { mergeFeed, mergePresence } from "../live/fold";
import { useCalm } from "../live/useCalm";
import { useLive } from "../live/useLive";
import { useAgency } from "../shell/agency";

const NOBODY: Person[] = [];
/** Names in the feed move at most this often (milliseconds). */
const FEED_PACE = 600;

/** Everything a live screen of one scope shows: the last full answer with what the stream has said since. */
export function useBoard(scope: Scope, paused: boolean, feedLength: number) {
  const options = presenceQuery(scope);
  const held = { refetchInterval: false, refetchOnWindowFocus: false } as const;
  const presence = useQuery(paused ? { ...options, ...held } : options);
  const { data, isPlaceholderData } = presence;
  const start =
    data === undefined || isPlaceholderData ? null : { date: data.date, position: data.freshness.position ?? null };
  const view = useLive(scope, start, paused);
  // Asked after the full answer, whose position the stream starts from: nobody falls between the two.
  const latest = useQuery({ ...latestQuery(scope), enabled: start !== null });
  const { live } = view;

  const board: Presence | null = useMemo(
    () => (presence.data === undefined ? null : mergePresence(presence.data, live)),
    [presence.data, live],
  );
  const earlier = latest.data?.items ?? NOBODY;
  const calm = useCalm(live.feed, FEED_PACE);
  const heard = live.feed.length === 0 ? live.feed : calm; // another unit's names go at once
  const feed = useMemo(() => mergeFeed(heard, earlier, feedLength), [heard, earlier, feedLength]);
  useNextDay(scope, board, presence.refetch);
  return { presence, board, feed, latest, view };
}

/** At the agency's midnight a board of "today" asks for the new day; the server's clock decides, not the browser's. */
function useNextDay(scope: Scope, board: Presence | null, refetch: () => unknown): void {
  const { zone } = useAgency();
  const asked = useRef<string | null>(null);
  const today = board === null ? null : localDate(board.freshness.as_of, zone);
  const over = scope.date === null && board !== null && today !== null && today > board.date;
  useEffect(() => {
    if (!over || asked.current === today) return;
    asked.current = today;
    refetch();
  }, [over, today, refetch]);
}
