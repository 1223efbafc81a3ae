/** The questions the screens ask, with their cache keys. `date` null means today, as the server sees it. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get } from "./client";
import type { People, Person, StateFilter } from "./types";

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
const LARGEST_PAGE = 500;

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

export const PEOPLE_ORDERS = ["name", "-name"] as const;

/** Which people of a scope are looked for, and in which order they stand. */
export interface PeopleFilter {
  state: StateFilter;
  q: string;
  order: (typeof PEOPLE_ORDERS)[number];
}

export const peopleQuery = (scope: Scope, filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.scope(scope), "people", filter.state, filter.q, filter.order],
    queryFn: ({ signal, pageParam }) =>
      get("/presence/people", { ...scope, ...filter, cursor: pageParam, limit: PAGE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** All of them, for a file: page by page, in the same order. */
export async function allPeople(scope: Scope, filter: PeopleFilter): Promise<Person[]> {
  const found: Person[] = [];
  const { signal } = new AbortController();
  let cursor: string | null = null;
  do {
    const page: People = await get("/presence/people", { ...scope, ...filter, cursor, limit: LARGEST_PAGE }, signal);
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

/** One person's day with its punches. */
export const dayQuery = (employee_id: string, date: string) =>
  queryOptions({
    queryKey: [...keys.all, "day", employee_id, date],
    queryFn: ({ signal }) => get("/employees/{employee_id}/days/{date}", {}, signal, { employee_id, date }),
    refetchInterval: DAY_EVERY,
  });

/** One person's figures of a period, and of the one before. The stream says when they move. */
export const cardQuery = (employee_id: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...keys.all, "card", employee_id, from, to],
    queryFn: ({ signal }) => get("/employees/{employee_id}/card", { from, to }, signal, { employee_id }),
    refetchInterval: SNAPSHOT_EVERY,
    placeholderData: (before, query) => (query?.queryKey[2] === employee_id ? before : undefined),
  });

/** A unit's figures of a period, with those of the units below it. */
export const unitCardQuery = (unit: string | null, from: string, to: string) =>
  queryOptions({
    queryKey: [...keys.all, "unit-card", unit, from, to],
    queryFn: ({ signal }) => get("/units/card", { unit, from, to }, signal),
    refetchInterval: SNAPSHOT_EVERY,
    placeholderData: (before, query) => (query?.queryKey[2] === unit ? before : undefined),
  });

/** How many of a unit's people have how much of the norm so far. */
export const unitSpreadQuery = (unit: string | null, from: string, to: string) =>
  queryOptions({
    queryKey: [...keys.all, "spread", unit, from, to],
    queryFn: ({ signal }) => get("/units/spread", { unit, from, to }, signal),
    refetchInterval: SNAPSHOT_EVERY,
    placeholderData: (before, query) => (query?.queryKey[2] === unit ? before : undefined),
  });

/** What a point of a trend is of. */
export type TrendBy = "week" | "month";

/** One person's last twelve weeks or months, up to the one `to` is in. */
export const trendQuery = (employee_id: string, by: TrendBy, to: string) =>
  queryOptions({
    queryKey: [...keys.all, "trend", employee_id, by, to],
    queryFn: ({ signal }) => get("/employees/{employee_id}/trend", { by, to }, signal, { employee_id }),
    refetchInterval: SNAPSHOT_EVERY,
    placeholderData: (before, query) => (query?.queryKey[2] === employee_id ? before : undefined),
  });

/** A unit's last twelve weeks or months. */
export const unitTrendQuery = (unit: string | null, by: TrendBy, to: string) =>
  queryOptions({
    queryKey: [...keys.all, "unit-trend", unit, by, to],
    queryFn: ({ signal }) => get("/units/trend", { unit, by, to }, signal),
    refetchInterval: SNAPSHOT_EVERY,
    placeholderData: (before, query) => (query?.queryKey[2] === unit ? before : undefined),
  });

/** The days of a unit's people that somebody may ask about. */
export const attentionQuery = (unit: string | null, from: string, to: string) =>
  queryOptions({
    queryKey: [...keys.all, "attention", unit, from, to],
    queryFn: ({ signal }) => get("/attention", { unit, from, to }, signal),
    refetchInterval: SNAPSHOT_EVERY,
    placeholderData: (before, query) => (query?.queryKey[2] === unit ? before : undefined),
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
