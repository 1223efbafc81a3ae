/** The time by the edge's clock: a kiosk's own may be wrong by more than a code's half minute. */

let offset = 0;

export const serverNow = () => Date.now() + offset;

/** Asks what time it is; false when the edge does not answer, then the last known difference counts on. */
export async function askTime(): Promise<boolean> {
  try {
    const before = Date.now();
    const answer = await fetch("/healthz", { cache: "no-store" });
    const said = Date.parse(answer.headers.get("date") ?? "");
    if (!answer.ok || Number.isNaN(said)) return false;
    // The header is cut to the second: half a second on, and half of the way there and back.
    const wait = (Date.now() - before) / 2;
    offset = said + 500 + wait - Date.now();
    return true;
  } catch {
    return false; // no network: the kiosk goes on by the clock it has
  }
}
