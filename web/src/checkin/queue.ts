/**
 * Check-ins that were pressed and are not yet known to the service: in this browser's database, so that they outlive a
 * closed page and an empty battery. A press is stored before anybody is told that it counts.
 */

import { createStore, del, entries, set, type UseStore } from "idb-keyval";
import type { CheckIn } from "../api/checkins";
import type { Clocks } from "./clocks";

export interface Waiting {
  employee: string;
  body: Omit<CheckIn, "queued" | "elapsed_since_capture_ms">;
  captured: Clocks;
  /** Why the service does not take it, in its words; null while it may. */
  refused: string | null;
}

let store: UseStore | null = null;
const database = () => {
  store ??= createStore("kinerja-checkins", "waiting");
  return store;
};

let known: readonly Waiting[] = [];
const listeners = new Set<() => void>();

function tell(waiting: readonly Waiting[]): void {
  known = waiting;
  for (const listener of listeners) listener();
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What waits, oldest first, as last read. */
export const waiting = (): readonly Waiting[] => known;

export async function load(): Promise<readonly Waiting[]> {
  const found = (await entries<string, Waiting>(database())).map(([, item]) => item);
  tell(found.sort((one, other) => one.captured.wall - other.captured.wall));
  return known;
}

/** Stored when it returns. */
export async function put(item: Waiting): Promise<void> {
  await set(item.body.client_event_id, item, database());
  await load();
}

export async function remove(id: string): Promise<void> {
  await del(id, database());
  await load();
}
