import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, ask } from "./client";

/** A line that takes requests and never answers, until whoever asks gives up. */
const dead: typeof fetch = (_, init) =>
  new Promise((_answer, fail) => {
    const { signal } = init ?? {};
    if (signal?.aborted) fail(signal.reason);
    signal?.addEventListener("abort", () => fail(signal.reason));
  });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", dead);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const outcome = (asked: Promise<unknown>) =>
  asked.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? error.kind : (error as Error).name),
  );

test("a line that is dead is said after thirty seconds", async () => {
  const asked = outcome(ask("/api/reporting/v1/presence"));
  await vi.advanceTimersByTimeAsync(29_000);
  expect(await Promise.race([asked, "still waiting"])).toBe("still waiting");
  await vi.advanceTimersByTimeAsync(1_001);
  expect(await asked).toBe("offline");
});

test("what the screen no longer wants is left, not said", async () => {
  const stop = new AbortController();
  const asked = outcome(ask("/api/reporting/v1/presence", { signal: stop.signal }));
  stop.abort();
  expect(await asked).toBe("AbortError");
  expect(await outcome(ask("/api/reporting/v1/presence", { signal: stop.signal }))).toBe("AbortError");
});

test("a file takes as long as its line needs", async () => {
  const asked = outcome(ask("/api/directory/v1/imports", { method: "POST", body: new Blob(["x"]) }));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(await Promise.race([asked, "still waiting"])).toBe("still waiting");
});
