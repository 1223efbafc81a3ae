/** The questions the screens ask, with their cache keys. `date` null means today, as the server sees it. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get } from "./client";
import type { StateFilter } from "./types";

/** What a live screen looks at: one unit (null: the whole agency) on one date (null: today). */
export interface Scope {
  unit: string | null;
  date: string | null;
}

/** Frames carry the changes; a full answer once a minute heals whatever was missed (milliseconds). */
const SNAPSHOT_EVERY = 60_000;
const RETRY_EVERY = 5_000;
const ARRIVALS_EVERY = 20_000;
const DEVICES_EVERY = 10_000;
const DAY_EVERY = 5_000;
const PAGE = 200;

export const keys = {
  all: ["reporting"] as const,
  scope: (scope: Scope) => [...keys.all, scope.unit, scope.date] as const,
};

export const presenceQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...keys.scope(scope), "presence"],
    queryFn: ({ signal }) => get("/presence", { ...scope }, signal),
    // A screen on a wall has nobody to try again for it.
    refetchInterval: (query) => (query.state.status === "error" ? RETRY_EVERY : SNAPSHOT_EVERY),
    // A step to another day keeps the page (and the focus on the step) while it loads; another unit is another page.
    placeholderData: (before, query) => (query?.queryKey[1] === scope.unit ? before : undefined),
  });

export const arrivalsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...keys.scope(scope), "arrivals"],
    queryFn: ({ signal }) => get("/presence/arrivals", { ...scope }, signal),
    refetchInterval: ARRIVALS_EVERY,
  });

/** The people seen last, newest first: what the feed shows before the first frame comes. */
export const latestQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...keys.scope(scope), "latest"],
    queryFn: ({ signal }) => get("/presence/people", { ...scope, order: "latest", limit: 20 }, signal),
  });

export const peopleQuery = (scope: Scope, state: StateFilter, q: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.scope(scope), "people", state, q],
    queryFn: ({ signal, pageParam }) =>
      get("/presence/people", { ...scope, state, q, cursor: pageParam, limit: PAGE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** One person's day with its punches. */
export const dayQuery = (employee_id: string, date: string) =>
  queryOptions({
    queryKey: [...keys.all, "day", employee_id, date],
    queryFn: ({ signal }) => get("/employees/{employee_id}/days/{date}", {}, signal, { employee_id, date }),
    refetchInterval: DAY_EVERY,
  });

export const devicesQuery = () =>
  queryOptions({
    queryKey: [...keys.all, "devices"],
    queryFn: ({ signal }) => get("/devices", {}, signal),
    refetchInterval: DEVICES_EVERY,
  });

/** Who has looked at one's own data, newest days first. */
export const readsQuery = (employee_id: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.all, "reads", employee_id],
    queryFn: ({ signal, pageParam }) =>
      get("/employees/{employee_id}/reads", { cursor: pageParam, limit: 50 }, signal, { employee_id }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
