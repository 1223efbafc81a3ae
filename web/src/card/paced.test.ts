import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paced } from "./paced";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("calls that never pause do not put it off: it is done once in each wait", () => {
  const work = vi.fn();
  const pace = paced(work, 300);
  for (let at = 0; at < 3_000; at += 200) {
    pace.call();
    vi.advanceTimersByTime(200);
  }
  expect(work.mock.calls.length).toBeGreaterThanOrEqual(7);
  expect(work.mock.calls.length).toBeLessThanOrEqual(10);
});

test("what was called once is done once, and the next call is another", () => {
  const work = vi.fn();
  const pace = paced(work, 300);
  pace.call();
  vi.advanceTimersByTime(299);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5_000);
  expect(work).toHaveBeenCalledTimes(1);
  pace.call();
  vi.advanceTimersByTime(300);
  expect(work).toHaveBeenCalledTimes(2);
});

test("stopped, it does not happen", () => {
  const work = vi.fn();
  const pace = paced(work, 300);
  pace.call();
  pace.stop();
  vi.advanceTimersByTime(1_000);
  expect(work).not.toHaveBeenCalled();
});
