/** What the screens ask about services, codes and what citizens say. Shapes are generated from feedback's OpenAPI. */

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask, askFile, send } from "./client";
import type { components } from "./feedback.schema";

type Schemas = components["schemas"];
export type Service = Schemas["ServiceRecord"];
export type OwnService = Schemas["OwnService"];
export type NewService = Schemas["NewService"];
export type ChangedService = Schemas["ChangedService"];
export type NewCode = Schemas["NewCode"];
export type IssuedCode = Schemas["IssuedCode"];
export type NewSheet = Schemas["NewSheet"];
export type Comment = Schemas["Comment"];
export type ServiceReasons = Schemas["ServiceReasons"];

const BASE = "/api/feedback/v1";
/** The catalogue moves rarely. */
const SERVICES_FRESH = 60_000;
const PAGE = 50;

export const feedbackKeys = {
  services: ["services"] as const,
  voices: ["voices"] as const,
};

/** The catalogue: of one unit, or of every unit. */
export const servicesQuery = (unit: string | null) =>
  queryOptions({
    queryKey: [...feedbackKeys.services, "all", unit],
    queryFn: ({ signal }) => ask<Schemas["ServiceList"]>(asked("services", { unit }), { signal }),
    placeholderData: keepPreviousData,
  });

/** What somebody may make codes for on a day, which is today: the own unit's first, then unit by unit. */
export const ownServicesQuery = (employee: string, date: string) =>
  queryOptions({
    queryKey: [...feedbackKeys.services, "own", employee, date],
    queryFn: ({ signal }) =>
      ask<Schemas["OwnServiceList"]>(`${BASE}/employees/${encodeURIComponent(employee)}/services`, { signal }),
    staleTime: SERVICES_FRESH,
  });

export function addService(service: NewService): Promise<Service> {
  return send("POST", `${BASE}/services`, service);
}

export function changeService(id: string, service: ChangedService): Promise<Service> {
  return send("PUT", `${BASE}/services/${encodeURIComponent(id)}`, service);
}

/** A code for somebody just served. It is told once. */
export function issueCode(employee: string, code: NewCode): Promise<IssuedCode> {
  return send("POST", `${BASE}/employees/${encodeURIComponent(employee)}/codes`, code);
}

/** New codes on paper, as a PDF. */
export function codeSheet(sheet: NewSheet): Promise<Blob> {
  return askFile(`${BASE}/code-sheets`, {
    method: "POST",
    body: JSON.stringify(sheet),
    headers: { "Content-Type": "application/json" },
  });
}

/** What citizens wrote, as far as it is published: newest first. */
export const commentsQuery = (unit: string | null) =>
  infiniteQueryOptions({
    queryKey: [...feedbackKeys.voices, "comments", unit],
    queryFn: ({ signal, pageParam }) =>
      ask<Schemas["CommentPage"]>(asked("comments", { unit, cursor: pageParam, limit: String(PAGE) }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** How often each reason was tapped, service by service. */
export const reasonsQuery = (unit: string | null, from: string, to: string) =>
  queryOptions({
    queryKey: [...feedbackKeys.voices, "reasons", unit, from, to],
    queryFn: ({ signal }) => ask<Schemas["ReasonList"]>(asked("reasons", { unit, from, to }), { signal }),
    placeholderData: keepPreviousData,
  });

function asked(path: string, query: Record<string, string | null>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) search.set(name, value);
  return `${BASE}/${path}?${search}`;
}
