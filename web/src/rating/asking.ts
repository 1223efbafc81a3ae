/** The two questions of the page. No token, no cookie, nothing kept: an answer, or why there is none. */

import type { components } from "../api/feedback.schema";

type Schemas = components["schemas"];
export type Offer = Schemas["RatingForm"];
export type Rating = Schemas["Rating"];
type Thanks = Schemas["Thanks"];

export type Why = "unknown" | "expired" | "used" | "large" | "invalid" | "many" | "busy" | "offline";

/** `wait`: seconds until another try makes sense, where the service says so. */
export interface Failure {
  why: Why;
  wait: number;
}

export type Answer<T> = { value: T } | { failure: Failure };

const BASE = "/api/feedback/v1/public";
const PATIENCE = 30_000; // milliseconds: a slow line is slow, a dead one should be said
const BY_STATUS: Record<number, Why> = {
  404: "unknown",
  409: "used",
  410: "expired",
  413: "large",
  422: "invalid",
  429: "many",
};
const A_MINUTE = 60;

export const offerOf = (code: string) => post<Offer>("/codes", { code });
export const rate = (rating: Rating) => post<Thanks>("/ratings", rating);

/** Whether the service may have taken it although no answer came. */
export const isUncertain = ({ why }: Failure) => why === "offline" || why === "busy";

export function failureOf(status: number, retryAfter: string | null): Failure {
  const why = BY_STATUS[status] ?? "busy";
  if (why !== "many") return { why, wait: 0 };
  return { why, wait: /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) : A_MINUTE };
}

export const minutesOf = (seconds: number) => Math.max(1, Math.ceil(seconds / A_MINUTE));

async function post<T>(path: string, body: unknown): Promise<Answer<T>> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(BASE + path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
    });
    if (!response.ok) return { failure: failureOf(response.status, response.headers.get("retry-after")) };
    return { value: (await response.json()) as T };
  } catch {
    return { failure: { why: "offline", wait: 0 } };
  } finally {
    clearTimeout(timer);
  }
}
