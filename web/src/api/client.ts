/** One way to ask the API: a route and its parameters in, the answer by its OpenAPI or an `ApiError` out. */

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

const BASE = "/api/reporting/v1";

/** Routes of the reporting service without their common beginning. */
export type Route = keyof paths extends infer Path
  ? Path extends `${typeof BASE}${infer Rest}`
    ? Rest
    : never
  : never;
type Operation<R extends Route> = paths[`${typeof BASE}${R}`]["get"];
export type Asked<R extends Route> = NonNullable<Operation<R>["parameters"]["query"]>;
type Answer<R extends Route> = Operation<R>["responses"] extends { 200: { content: { "application/json": infer T } } }
  ? T
  : never;

/** Path and query of a reporting route; absent and empty parameters are left out. */
export function address<R extends Route>(path: R, query: Asked<R>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return `${BASE}${path}${text ? `?${text}` : ""}`;
}

/** GET one reporting route. Throws `ApiError`; an abort through `signal` passes as it is. */
export async function get<R extends Route>(path: R, query: Asked<R>, signal: AbortSignal): Promise<Answer<R>> {
  let response: Response;
  try {
    response = await fetch(address(path, query), { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError("offline", `no answer from ${path}`);
  }
  if (!response.ok) throw new ApiError("refused", `${response.status} from ${path}`, await readProblem(response));
  try {
    return (await response.json()) as Answer<R>;
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError("unreadable", `answer of ${path} is not JSON`);
  }
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
