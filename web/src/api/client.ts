/** One way to ask the API: a route and its parameters in, the answer by its OpenAPI or an `ApiError` out. */

import { authorizedFetch } from "../session/bearer";
import type { paths } from "./schema";

export interface FieldProblem {
  pointer: string;
  detail: string;
}

/** RFC 9457 problem as the services send it; `trace_id` is the reference for the help desk. */
export interface Problem {
  title: string;
  detail?: string;
  status: number;
  trace_id?: string;
  errors?: FieldProblem[];
}

/** Why an answer did not come: `offline` (no connection), `refused` (a problem answer) or `unreadable`. */
export class ApiError extends Error {
  readonly kind: "offline" | "refused" | "unreadable";
  readonly problem: Problem | null;

  constructor(kind: ApiError["kind"], message: string, problem: Problem | null = null) {
    super(message);
    this.name = "ApiError";
    this.kind = kind;
    this.problem = problem;
  }

  /** A later try may succeed: the network was away, or the service said it is busy or starting. */
  get transient(): boolean {
    return this.kind === "offline" || (this.problem !== null && this.problem.status >= 500);
  }
}

/** Whether the answer was that this account may not see it. */
export function isForbidden(error: Error | null): boolean {
  return error instanceof ApiError && error.problem?.status === 403;
}

/** Whether the answer was that there is no such thing. */
export function isMissing(error: Error | null): boolean {
  return error instanceof ApiError && error.problem?.status === 404;
}

/** Whether the answer was that somebody else was first: it is not in the version any more that was read. */
export function isOutdated(error: Error | null): boolean {
  return error instanceof ApiError && error.problem?.status === 412;
}

/** Whether a service has read the command and said no; else it may have been done, and the answer was lost. */
export function isRefused(error: Error): boolean {
  return error instanceof ApiError && error.kind === "refused" && !error.transient;
}

const BASE = "/api/reporting/v1";

/** What can be asked of the reporting service: its routes that answer GET, without their common beginning. */
export type Route = {
  [Path in keyof paths]: paths[Path] extends { get: object }
    ? Path extends `${typeof BASE}${infer Rest}`
      ? Rest
      : never
    : never;
}[keyof paths];
type Operation<R extends Route> = paths[`${typeof BASE}${R}`]["get"];
export type Asked<R extends Route> =
  Operation<R> extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;
type Answer<R extends Route> =
  Operation<R> extends { responses: { 200: { content: { "application/json": infer T } } } } ? T : never;

/** Path and query of a reporting route; absent and empty parameters are left out, `{names}` in the path are filled in. */
export function address<R extends Route>(path: R, query: Asked<R>, names: Record<string, string> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ""));
  return `${BASE}${filled}${text ? `?${text}` : ""}`;
}

/** GET one reporting route. Throws `ApiError`; an abort through `signal` passes as it is. */
export function get<R extends Route>(
  path: R,
  query: Asked<R>,
  signal: AbortSignal,
  names: Record<string, string> = {},
): Promise<Answer<R>> {
  return ask(address(path, query, names), { signal });
}

const PATIENCE = 30_000; // milliseconds: a slow line is slow, a dead one should be said

/** The JSON answer of an address. Throws `ApiError`, also when there is none in 30 seconds; an abort passes as it is. A
 * file on its way up may take as long as its line needs. */
export async function ask<T>(where: string, init: RequestInit = {}): Promise<T> {
  const stop = new AbortController();
  const given = init.signal;
  if (given?.aborted) stop.abort(given.reason);
  given?.addEventListener("abort", () => stop.abort(given.reason), { once: true });
  const brief = init.body === undefined || typeof init.body === "string";
  const timer = brief ? setTimeout(() => stop.abort(), PATIENCE) : undefined;
  const headers = { Accept: "application/json", ...init.headers };
  try {
    const response = await answered(where, { ...init, headers, signal: stop.signal });
    return (await response.json()) as T;
  } catch (error) {
    if (given?.aborted || error instanceof ApiError) throw error;
    if (stop.signal.aborted) throw new ApiError("offline", `no answer from ${where} in ${PATIENCE / 1000} s`);
    throw new ApiError("unreadable", `answer of ${where} is not JSON`);
  } finally {
    clearTimeout(timer);
  }
}

/** The file at an address. Throws `ApiError`. */
export async function askFile(where: string, init: RequestInit = {}): Promise<Blob> {
  return (await answered(where, init)).blob();
}

/** DELETE, answered by nothing. Throws `ApiError`. */
/** A file as it is, under its name; the service says what it is by its content. */
export function sendFile<T>(where: string, file: File, headers: Record<string, string>): Promise<T> {
  return ask(`${where}?filename=${encodeURIComponent(file.name)}`, {
    method: "POST",
    body: file,
    headers: { "Content-Type": file.type || "application/octet-stream", ...headers },
  });
}

export async function remove(where: string, headers: Record<string, string> = {}): Promise<void> {
  await answered(where, { method: "DELETE", headers });
}

async function answered(where: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await authorizedFetch(where, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError("offline", `no answer from ${where}`);
  }
  if (!response.ok) throw new ApiError("refused", `${response.status} from ${where}`, await readProblem(response));
  return response;
}

/** Sends JSON; the answer is JSON. Throws `ApiError`. */
export function send<T>(
  method: string,
  where: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  return ask(where, {
    method,
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", ...headers },
  });
}

async function readProblem(response: Response): Promise<Problem> {
  const bare: Problem = { title: response.statusText, status: response.status };
  if (!response.headers.get("content-type")?.includes("problem+json")) return bare;
  try {
    return { ...bare, ...((await response.json()) as Partial<Problem>) };
  } catch {
    // A cut answer: its status still says enough.
    return bare;
  }
}
