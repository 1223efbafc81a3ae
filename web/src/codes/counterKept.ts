/** The service and counter this device serves: chosen once, kept on the device. Nothing about anybody. */

const KEPT = "kinerja-counter";

export interface Counter {
  service_id: string;
  /** "": none. */
  counter: string;
}

export function keptCounter(): Counter | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    if (typeof found !== "object" || found === null) return null;
    const { service_id, counter } = found as Record<string, unknown>;
    return typeof service_id === "string" && typeof counter === "string" ? { service_id, counter } : null;
  } catch {
    return null; // storage is blocked, or holds something else
  }
}

export function keepCounter(counter: Counter): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(counter));
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
