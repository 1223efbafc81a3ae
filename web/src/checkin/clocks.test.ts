import { describe, expect, it } from "vitest";
import { type Clocks, delivery, withOffset } from "./clocks";

const PRESSED: Clocks = { wall: 1_000_000, mono: 5_000, boot: "a" };
const later = (wall: number, mono: number, boot = "a"): Clocks => ({
  wall: PRESSED.wall + wall,
  mono: PRESSED.mono + mono,
  boot,
});

describe("how long a check-in waited", () => {
  it("is counted by the monotonic clock", () => {
    expect(delivery(PRESSED, later(1_500, 1_500))).toEqual({ queued: false, elapsed_since_capture_ms: 1_500 });
    expect(delivery(PRESSED, later(7_200_000, 7_200_020))).toEqual({
      queued: true,
      elapsed_since_capture_ms: 7_200_020,
    });
  });

  it("is not known after the page was started anew", () => {
    expect(delivery(PRESSED, later(7_200_000, 100, "b"))).toEqual({ queued: true });
  });

  it("is not known when the phone slept, or its clock was set: nobody is helped or hurt by it", () => {
    expect(delivery(PRESSED, later(7_200_000, 300_000))).toEqual({ queued: true });
    expect(delivery(PRESSED, later(-3_600_000, 5_000))).toEqual({ queued: true });
    expect(delivery(PRESSED, later(90_000, 40_000))).toEqual({ queued: true, elapsed_since_capture_ms: 40_000 });
  });
});

describe("an instant with its offset", () => {
  it("says the wall clock and where it is", () => {
    const at = Date.UTC(2026, 7, 3, 0, 28, 41, 250);
    expect(withOffset(at, 420)).toBe("2026-08-03T07:28:41.250+07:00");
    expect(withOffset(at, 0)).toBe("2026-08-03T00:28:41.250+00:00");
    expect(withOffset(at, -210)).toBe("2026-08-02T20:58:41.250-03:30");
    expect(Date.parse(withOffset(at))).toBe(at);
  });
});
