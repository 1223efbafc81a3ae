/** What the screens ask about daily activities. Shapes are generated from appraisal's OpenAPI (`pnpm run api`). */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { components } from "./appraisal.schema";
import { ask, askFile, send, sendFile } from "./client";

type Schemas = components["schemas"];
export type Activity = Schemas["ActivityView"];
export type ActivityStatus = Activity["status"];
export type ActivityPage = Schemas["ActivityPage"];
/** What an activity should be; a new one has a day besides, a changed one may have a reason. */
export type Content = Omit<Schemas["NewActivity"], "date">;
export type Decision = Schemas["Decision"];
export type Outcome = Decision["outcome"];
export type Decided = Schemas["Decided"];
export type EvidenceFile = Schemas["Evidence"];
export type Task = Schemas["TaskRecord"];
export type NewTask = Schemas["NewTask"];

const BASE = "/api/appraisal/v1";
const OWN_EVERY = 30_000;
const QUEUE_EVERY = 15_000;
const COUNT_EVERY = 60_000;
/** The catalogue moves rarely. */
const TASKS_FRESH = 60_000;

export const activityKeys = {
  own: (employee: string) => ["activities", "own", employee] as const,
  queue: ["activities", "queue"] as const,
  tasks: ["tasks"] as const,
};

const own = (employee: string) => `${BASE}/employees/${encodeURIComponent(employee)}`;
const activityAt = (employee: string, id: string) => `${own(employee)}/activities/${encodeURIComponent(id)}`;
const evidenceAt = ({ employee_id, id }: Activity) => `${activityAt(employee_id, id)}/evidence`;
const inVersion = (version: number) => ({ "If-Match": `"${version}"` });

/** Of these local days, both included, newest first, with what they come to. */
export const activitiesQuery = (employee: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...activityKeys.own(employee), from, to],
    queryFn: ({ signal }) => ask<ActivityPage>(`${own(employee)}/activities?from=${from}&to=${to}`, { signal }),
    refetchInterval: OWN_EVERY,
    placeholderData: keepPreviousData,
  });

/** One of them as it is now. */
export function activity(employee: string, id: string): Promise<Activity> {
  return ask(activityAt(employee, id));
}

/** One of them, for a line beside what is said of it. */
export const activityQuery = (employee: string, id: string) =>
  queryOptions({
    queryKey: [...activityKeys.own(employee), "one", id],
    queryFn: () => activity(employee, id),
    staleTime: TASKS_FRESH,
  });

export function recordActivity(employee: string, body: Schemas["NewActivity"], key: string): Promise<Activity> {
  return send("POST", `${own(employee)}/activities`, body, { "Idempotency-Key": key });
}

/** Replaces one that was read in `version`: an edit in between, of another page or the superior, is answered 412. */
export function changeActivity(read: Activity, body: Schemas["ChangedActivity"]): Promise<Activity> {
  return send("PUT", activityAt(read.employee_id, read.id), body, inVersion(read.version));
}

export function withdrawActivity({ employee_id, id, version }: Activity): Promise<Activity> {
  return ask(activityAt(employee_id, id), { method: "DELETE", headers: inVersion(version) });
}

/** The file as it is; the service says what it is by its content. */
export function addEvidence(read: Activity, file: File): Promise<Activity> {
  return sendFile(evidenceAt(read), file, inVersion(read.version));
}

export function removeEvidence(read: Activity, id: string): Promise<Activity> {
  return ask(`${evidenceAt(read)}/${encodeURIComponent(id)}`, { method: "DELETE", headers: inVersion(read.version) });
}

export function evidenceFile(read: Activity, id: string): Promise<Blob> {
  return askFile(`${evidenceAt(read)}/${encodeURIComponent(id)}`);
}

/** What waits for this account's decision, oldest first. */
export const waitingActivitiesQuery = (limit: number) =>
  queryOptions({
    queryKey: [...activityKeys.queue, "rows", limit],
    queryFn: ({ signal }) => ask<Schemas["ActivityQueue"]>(`${BASE}/activities?limit=${limit}`, { signal }),
    refetchInterval: QUEUE_EVERY,
    placeholderData: keepPreviousData,
  });

/** How much of it there is. Nobody's data is looked at, so no look is written down. */
export const waitingCountQuery = () =>
  queryOptions({
    queryKey: [...activityKeys.queue, "count"],
    queryFn: ({ signal }) => ask<Schemas["WaitingActivities"]>(`${BASE}/activities/waiting`, { signal }),
    refetchInterval: COUNT_EVERY,
  });

/** What waits for this person near its day or past it, and which superiors below leave too much too long. */
export const remindersQuery = (employee: string) =>
  queryOptions({
    queryKey: [...activityKeys.queue, "reminders", employee],
    queryFn: ({ signal }) => ask<Schemas["Reminders"]>(`${own(employee)}/reminders`, { signal }),
    refetchInterval: COUNT_EVERY,
  });

/** Decides each by itself; the answer says of each what became of it. */
export async function decideActivities(decision: Decision): Promise<Decided[]> {
  return (await send<Schemas["DecisionAnswer"]>("POST", `${BASE}/activities/decisions`, decision)).items;
}

/** What somebody can choose on a day. */
export const ownTasksQuery = (employee: string, date: string) =>
  queryOptions({
    queryKey: [...activityKeys.tasks, "own", employee, date],
    queryFn: ({ signal }) => ask<Schemas["TaskList"]>(`${own(employee)}/tasks?date=${date}`, { signal }),
    staleTime: TASKS_FRESH,
  });

/** The catalogue; with a unit, its tasks and those of every unit. */
export const tasksQuery = (unit: string | null) =>
  queryOptions({
    queryKey: [...activityKeys.tasks, "all", unit],
    queryFn: ({ signal }) =>
      ask<Schemas["TaskList"]>(`${BASE}/tasks${unit === null ? "" : `?unit=${encodeURIComponent(unit)}`}`, { signal }),
    placeholderData: keepPreviousData,
  });

export function addTask(task: NewTask): Promise<Task> {
  return send("POST", `${BASE}/tasks`, task);
}

export function endTask(id: string, valid_to: string): Promise<Task> {
  return send("PUT", `${BASE}/tasks/${encodeURIComponent(id)}/end`, { valid_to });
}
