/** The phone's two clocks. The wall clock can be set by anybody; the other one counts within one start of this page. */

export interface Clocks {
  /** Milliseconds since 1970 by the phone's wall clock. */
  wall: number;
  /** Milliseconds by the monotonic clock of this start of the page. */
  mono: number;
  /** Which start of the page that was. */
  boot: string;
}

export interface Delivery {
  queued: boolean;
  elapsed_since_capture_ms?: number;
}

const BOOT = crypto.randomUUID();

/** Less than this from the press to the sending is no wait. */
const AT_ONCE = 10_000;
/** Some phones stop the monotonic clock while they sleep: beyond this difference neither clock proves anything. */
const AGREE = 60_000;

export function clocks(): Clocks {
  return { wall: Date.now(), mono: performance.now(), boot: BOOT };
}

/** How long a check-in waited, as far as the phone can vouch for it; without a length a person will decide. */
export function delivery(captured: Clocks, now: Clocks): Delivery {
  const counted = now.mono - captured.mono;
  if (captured.boot !== now.boot || counted < 0) return { queued: true };
  if (Math.abs(now.wall - captured.wall - counted) > AGREE) return { queued: true };
  return { queued: counted > AT_ONCE, elapsed_since_capture_ms: Math.round(counted) };
}

/** `2026-08-03T07:28:41.250+08:00`: an instant with this phone's own offset. */
export function withOffset(wall: number, offsetMinutes = -new Date(wall).getTimezoneOffset()): string {
  const local = new Date(wall + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(offsetMinutes);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
