import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paced } from "./paced";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("calls that never pause do not put it off: it is done once in each wait", async () => {
  const work = vi.fn(async () => {});
  const pace = paced(work, 300);
  for (let at = 0; at < 3_000; at += 200) {
    pace.call();
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(work.mock.calls.length).toBeGreaterThanOrEqual(7);
  expect(work.mock.calls.length).toBeLessThanOrEqual(10);
});

test("what was called once is done once, and the next call is another", async () => {
  const work = vi.fn(async () => {});
  const pace = paced(work, 300);
  pace.call();
  await vi.advanceTimersByTimeAsync(299);
  expect(work).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).toHaveBeenCalledTimes(1);
  pace.call();
  await vi.advanceTimersByTimeAsync(300);
  expect(work).toHaveBeenCalledTimes(2);
});

test("stopped, it does not happen", async () => {
  const work = vi.fn(async () => {});
  const pace = paced(work, 300);
  pace.call();
  pace.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(work).not.toHaveBeenCalled();
});

test("what is asked while the last is on its way waits until that has come", async () => {
  let answer = () => {};
  const work = vi.fn(() => new Promise<void>((come) => (answer = come)));
  const pace = paced(work, 300);
  pace.call();
  await vi.advanceTimersByTimeAsync(300);
  pace.call();
  pace.call();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).toHaveBeenCalledTimes(1);
  answer();
  await vi.advanceTimersByTimeAsync(300);
  expect(work).toHaveBeenCalledTimes(2);
  answer();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).toHaveBeenCalledTimes(2);
});
