/** What the operator's screens ask about records that could not be processed. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ask, send } from "./client";
import { keys } from "./queries";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Letter = Schemas["LetterItem"];
export type LetterDetail = Schemas["LetterDetail"];
export type LetterStatus = Letter["status"];
type LetterPage = Schemas["LetterPage"];

const BASE = "/api/reporting/v1/dead-letters";
const LOOK_EVERY = 10_000;
const FOLLOW_EVERY = 1_500;
/** As many as can be followed at once after they were put back. */
export const LETTERS = 50;

export const letterKeys = { all: [...keys.all, "dead-letters"] as const };

export const lettersQuery = (status: LetterStatus, view: string | null) =>
  infiniteQueryOptions({
    queryKey: [...letterKeys.all, "list", status, view],
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams({ status, limit: String(LETTERS) });
      if (view !== null) search.set("view", view);
      if (pageParam !== null) search.set("cursor", pageParam);
      return ask<LetterPage>(`${BASE}?${search}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: LOOK_EVERY,
  });

/** Letters that were put back, until each is processed or refused again. */
export const followedQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: [...letterKeys.all, "followed", ...ids],
    queryFn: async ({ signal }) => {
      const search = new URLSearchParams(ids.map((id) => ["id", id]));
      return (await ask<LetterPage>(`${BASE}?${search}`, { signal })).items;
    },
    enabled: ids.length > 0,
    refetchInterval: (query) => (query.state.data?.every((one) => !one.replaying) ? false : FOLLOW_EVERY),
  });

export const letterQuery = (id: string) =>
  queryOptions({
    queryKey: [...letterKeys.all, "one", id],
    queryFn: ({ signal }) => ask<LetterDetail>(`${BASE}/${encodeURIComponent(id)}`, { signal }),
  });

/** Puts letters back on their topic. Answered when the broker has them. */
export function replayLetters(ids: readonly string[]): Promise<Schemas["Replayed"]> {
  return send("POST", `${BASE}/replay`, { ids });
}

/** Gives a letter up for good, with the reason. */
export function dropLetter(id: string, reason: string): Promise<Letter> {
  return send("POST", `${BASE}/${encodeURIComponent(id)}/drop`, { reason });
}
