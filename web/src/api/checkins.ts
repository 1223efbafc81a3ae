/** What the screens ask about check-ins by phone. Shapes are generated from attendance's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, send } from "./client";

type Schemas = components["schemas"];
export type CheckIn = Schemas["CheckIn"];
export type CheckInView = Schemas["CheckInView"];
export type CheckInPage = Schemas["CheckInPage"];
export type Doubt = Schemas["Doubt"];
export type Phone = Schemas["PhoneView"];
export type Kiosk = Schemas["KioskView"];
export type KioskKey = Schemas["KioskKey"];
export type Shown = "waiting" | "decided";

const BASE = "/api/attendance/v1";
const OWN_EVERY = 30_000;
const QUEUE_EVERY = 15_000;

export const checkinKeys = {
  all: ["checkins"] as const,
  own: (employee: string) => [...checkinKeys.all, "own", employee] as const,
  phones: (employee: string) => [...checkinKeys.all, "phones", employee] as const,
  queue: ["checkins", "queue"] as const,
  kiosks: ["kiosks"] as const,
};

const own = (employee: string) => `${BASE}/employees/${encodeURIComponent(employee)}`;

/** Of these local days, both included. A step to another period keeps the page while it loads. */
export const ownCheckInsQuery = (employee: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...checkinKeys.own(employee), from, to],
    queryFn: ({ signal }) => ask<CheckInPage>(`${own(employee)}/checkins?from=${from}&to=${to}`, { signal }),
    refetchInterval: OWN_EVERY,
    placeholderData: keepPreviousData,
  });

export function checkIn(employee: string, body: CheckIn): Promise<CheckInView> {
  return send("POST", `${own(employee)}/checkins`, body);
}

/** An explanation of an open doubt, or an appeal against a rejection. */
export function explain(employee: string, id: string, words: string): Promise<CheckInView> {
  return send("POST", `${own(employee)}/checkins/${encodeURIComponent(id)}/words`, { words });
}

export const phonesQuery = (employee: string) =>
  queryOptions({
    queryKey: checkinKeys.phones(employee),
    queryFn: ({ signal }) => ask<Phone[]>(`${own(employee)}/phones`, { signal }),
    refetchInterval: OWN_EVERY,
  });

export function bindPhone(employee: string, install_id: string, label: string): Promise<Phone> {
  return send("POST", `${own(employee)}/phones`, { install_id, label });
}

export const queueQuery = (state: Shown) =>
  queryOptions({
    queryKey: [...checkinKeys.queue, "checkins", state],
    queryFn: ({ signal }) => ask<CheckInPage>(`${BASE}/checkins?state=${state}&limit=200`, { signal }),
    refetchInterval: QUEUE_EVERY,
  });

export const waitingPhonesQuery = () =>
  queryOptions({
    queryKey: [...checkinKeys.queue, "phones"],
    queryFn: ({ signal }) => ask<Phone[]>(`${BASE}/phones`, { signal }),
    refetchInterval: QUEUE_EVERY,
  });

/** What waits for somebody's decision, and whether there is anybody to decide about. */
export const reviewCountQuery = () =>
  queryOptions({
    queryKey: [...checkinKeys.queue, "count"],
    queryFn: ({ signal }) => ask<Schemas["WaitingCount"]>(`${BASE}/checkins/waiting`, { signal }),
    refetchInterval: 60_000,
  });

export function decide(id: string, outcome: "accepted" | "rejected", words: string): Promise<CheckInView> {
  return send("POST", `${BASE}/checkins/${encodeURIComponent(id)}/decision`, { outcome, words });
}

export function decidePhone(id: string, approve: boolean, words: string): Promise<Phone> {
  return send("POST", `${BASE}/phones/${encodeURIComponent(id)}/decision`, { approve, words });
}

export const kiosksQuery = () =>
  queryOptions({
    queryKey: checkinKeys.kiosks,
    queryFn: ({ signal }) => ask<Kiosk[]>(`${BASE}/kiosks`, { signal }),
  });

export function addKiosk(site_id: string, name: string): Promise<KioskKey> {
  return send("POST", `${BASE}/kiosks`, { site_id, name });
}

export function withdrawKiosk(id: string): Promise<Kiosk> {
  return send("POST", `${BASE}/kiosks/${encodeURIComponent(id)}/withdraw`, {});
}
