/** Sends what waits, in the order it was pressed, as soon as the service can be reached. */

import { checkIn } from "../api/checkins";
import { ApiError } from "../api/client";
import { clocks, delivery } from "./clocks";
import { load, put, remove, type Waiting } from "./queue";

/** One at a time, for all screens of this page. */
let running: Promise<boolean> | null = null;

/** True when something of this employee was taken by the service. What cannot be sent now stays. */
export function flush(employee: string): Promise<boolean> {
  running ??= sendAll(employee).finally(() => {
    running = null;
  });
  return running;
}

async function sendAll(employee: string): Promise<boolean> {
  let taken = false;
  for (const item of await load()) {
    if (item.employee !== employee || item.refused !== null) continue;
    const outcome = await sendOne(item);
    if (outcome === "later") break;
    taken ||= outcome === "taken";
  }
  return taken;
}

async function sendOne(item: Waiting): Promise<"taken" | "refused" | "later"> {
  try {
    await checkIn(item.employee, { ...item.body, ...delivery(item.captured, clocks()) });
    await remove(item.body.client_event_id);
    return "taken";
  } catch (error) {
    const problem = error instanceof ApiError ? error.problem : null;
    if (problem === null || problem.status >= 500 || problem.status === 429 || problem.status === 401) return "later";
    await put({ ...item, refused: problem.detail ?? problem.title });
    return "refused";
  }
}

/** Sent once more without the kiosk's code: it counts, and a person looks at it. */
export async function withoutCode(item: Waiting): Promise<void> {
  await put({ ...item, refused: null, body: { ...item.body, qr: null } });
}
