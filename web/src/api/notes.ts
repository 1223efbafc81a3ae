/** What the screens ask about notes of feedback. Shapes are generated from feedback's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask, send } from "./client";
import type { components } from "./feedback.schema";

type Schemas = components["schemas"];
export type Note = Schemas["NoteView"];
export type NotePage = Schemas["NotePage"];
export type Value = Note["value"];
export type Tone = Note["tone"];
export type Shown = Note["shown"];
export type FeedbackRequest = Schemas["RequestView"];
export type Colleague = Schemas["Colleague"];
export type Subordinate = Schemas["Subordinate"];

const BASE = "/api/feedback/v1";
const LOOK_EVERY = 30_000;
const COUNT_EVERY = 60_000;
/** Whom one leads moves rarely; every card asks. */
const LED_FRESH = 60_000;

/** Everything below `all`: a note given, answered or taken back is seen in each of them. */
export const noteKeys = {
  all: ["notes"] as const,
  waiting: ["notes", "requests", "waiting"] as const,
};

const own = (employee: string) => `${BASE}/employees/${encodeURIComponent(employee)}`;
const keyed = (key: string) => ({ "Idempotency-Key": key });

/** What somebody got in these local days, newest first. */
export const notesQuery = (employee: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...noteKeys.all, "received", employee, from, to],
    queryFn: ({ signal }) => ask<NotePage>(`${own(employee)}/notes?from=${from}&to=${to}`, { signal }),
    refetchInterval: LOOK_EVERY,
    placeholderData: keepPreviousData,
  });

export const givenNotesQuery = (employee: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...noteKeys.all, "given", employee, from, to],
    queryFn: ({ signal }) => ask<NotePage>(`${own(employee)}/notes/given?from=${from}&to=${to}`, { signal }),
    refetchInterval: LOOK_EVERY,
    placeholderData: keepPreviousData,
  });

export const unitPraiseQuery = (employee: string) =>
  queryOptions({
    queryKey: [...noteKeys.all, "unit", employee],
    queryFn: ({ signal }) => ask<Schemas["NoteList"]>(`${own(employee)}/unit-praise`, { signal }),
    refetchInterval: LOOK_EVERY,
  });

export const ownRequestsQuery = (employee: string) =>
  queryOptions({
    queryKey: [...noteKeys.all, "requests", "own", employee],
    queryFn: ({ signal }) => ask<Schemas["RequestList"]>(`${own(employee)}/feedback-requests`, { signal }),
    refetchInterval: LOOK_EVERY,
  });

/** Only for who leads somebody: others are refused. */
export const requestsQuery = () =>
  queryOptions({
    queryKey: [...noteKeys.all, "requests", "queue"],
    queryFn: ({ signal }) => ask<Schemas["RequestList"]>(`${BASE}/feedback-requests`, { signal }),
    refetchInterval: LOOK_EVERY,
  });

/** How many of them wait. Nobody's data is looked at. */
export const waitingRequestsQuery = () =>
  queryOptions({
    queryKey: [...noteKeys.all, "requests", "count"],
    queryFn: ({ signal }) => ask<Schemas["WaitingRequests"]>(`${BASE}/feedback-requests/waiting`, { signal }),
    refetchInterval: COUNT_EVERY,
  });

/** Whom this account may give feedback today, who waits for it longest first. */
export const subordinatesQuery = () =>
  queryOptions({
    queryKey: [...noteKeys.all, "subordinates"],
    queryFn: ({ signal }) => ask<Schemas["SubordinateList"]>(`${BASE}/subordinates`, { signal }),
    staleTime: LED_FRESH,
  });

/** From how many letters on the service looks for somebody. */
export const LEAST_LETTERS = 2;

export const colleaguesQuery = (employee: string, text: string) =>
  queryOptions({
    queryKey: [...noteKeys.all, "colleagues", employee, text],
    queryFn: ({ signal }) =>
      ask<Schemas["ColleagueList"]>(`${own(employee)}/colleagues?q=${encodeURIComponent(text)}`, { signal }),
    enabled: text.length >= LEAST_LETTERS,
    staleTime: LED_FRESH,
    placeholderData: keepPreviousData,
  });

export function giveFeedback(employee: string, body: Schemas["NewFeedback"], key: string): Promise<Note> {
  return send("POST", `${own(employee)}/feedback`, body, keyed(key));
}

export function givePraise(employee: string, body: Schemas["NewPraise"], key: string): Promise<Note> {
  return send("POST", `${own(employee)}/praise`, body, keyed(key));
}

/** Taken back by its author; nobody sees it any more. */
export function withdrawNote({ id, author }: Note): Promise<Note> {
  return ask(`${own(author.id)}/notes/given/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export function answerNote({ id, employee }: Note, words: string): Promise<Note> {
  return send("PUT", `${own(employee.id)}/notes/${encodeURIComponent(id)}/answer`, { words });
}

export function askFeedback(employee: string, body: Schemas["NewRequest"], key: string): Promise<FeedbackRequest> {
  return send("POST", `${own(employee)}/feedback-requests`, body, keyed(key));
}

export function declineRequest({ id }: FeedbackRequest, words: string): Promise<FeedbackRequest> {
  return send("POST", `${BASE}/feedback-requests/${encodeURIComponent(id)}/decline`, { words });
}
