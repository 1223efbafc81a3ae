import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LiveStream, SILENCE, type StreamHandlers } from "./stream";

class Line extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  readyState = Line.CONNECTING;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  close() {
    this.readyState = Line.CLOSED;
  }
  say(type: string, data: string, lastEventId = "") {
    this.dispatchEvent(new MessageEvent(type, { data, lastEventId }));
  }
  fail(state: number) {
    this.readyState = state;
    this.onerror?.();
  }
}

function start(from: string | null = null) {
  const lines: Line[] = [];
  const asked: string[] = [];
  const said: string[] = [];
  const handlers: StreamHandlers = {
    onFrame: (type, data) => said.push(`${type} ${JSON.stringify(data)}`),
    onStatus: (status) => said.at(-1) !== status && said.push(status),
    onGap: () => said.push("gap"),
  };
  const connect = (url: string) => {
    asked.push(url);
    const line = new Line();
    lines.push(line);
    return line as unknown as EventSource;
  };
  const stream = new LiveStream(
    (id) => `/stream?from=${id}`,
    from,
    handlers,
    connect,
    () => 0.5,
  );
  stream.open();
  const last = () => lines.at(-1) ?? expect.fail("no connection was opened");
  return { stream, lines, asked, said, last };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Line);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("frames pass, and any of them means the line lives", () => {
  const { last, said } = start();
  last().onopen?.();
  last().say("presence", '{"units":[]}');
  expect(said).toEqual(["connecting", "live", 'presence {"units":[]}']);
});

test("each connection goes on where the answer or the last frame was, and asks for nothing anew", () => {
  const { stream, asked, last, said } = start("answer");
  stream.open();
  last().say("freshness", "{}", "frame");
  last().say("devices", "{}");
  stream.open();
  last().say("reset", "{}", "reset");
  stream.open();
  expect(asked).toEqual(["answer", "answer", "frame", "reset"].map((id) => `/stream?from=${id}`));
  expect(said.filter((one) => one === "gap")).toHaveLength(1);
});

test("a reset and an unreadable frame ask for a full answer", () => {
  const { last, said } = start();
  last().say("reset", "{}");
  last().say("presence", "{cut");
  expect(said.filter((one) => one === "gap")).toHaveLength(2);
});

describe("a line that says nothing", () => {
  test("is given up after ten seconds and opened anew", () => {
    const { lines, last, said } = start();
    last().onopen?.();
    vi.advanceTimersByTime(SILENCE - 1);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(said.at(-1)).toBe("stale");
    expect(lines[0]?.readyState).toBe(Line.CLOSED);
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(2);
    expect(said.at(-1)).toBe("connecting");
  });
  test("is not given up while it speaks", () => {
    const { lines, last } = start();
    for (let i = 0; i < 20; i++) {
      vi.advanceTimersByTime(SILENCE / 2);
      last().say("freshness", "{}");
    }
    expect(lines).toHaveLength(1);
  });
});

test("the browser's own reconnection, which resumes by Last-Event-ID, is left to it", () => {
  const { lines, last, said } = start();
  last().onopen?.();
  last().fail(Line.CONNECTING);
  vi.advanceTimersByTime(3000);
  expect(lines).toHaveLength(1);
  expect(said.at(-1)).toBe("connecting");
  last().say("freshness", "{}");
  expect(said).not.toContain("gap");
});

test("a refused line is tried again, each time later, up to half a minute", () => {
  const { lines, last } = start();
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    const count = lines.length;
    last().fail(Line.CLOSED);
    let waited = 0;
    while (lines.length === count) {
      vi.advanceTimersByTime(500);
      waited += 500;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
});

test("a line that worked begins again with the short wait", () => {
  const { lines, last } = start();
  last().fail(Line.CLOSED);
  vi.advanceTimersByTime(1000);
  last().fail(Line.CLOSED);
  vi.advanceTimersByTime(2000);
  last().say("freshness", "{}");
  last().fail(Line.CLOSED);
  vi.advanceTimersByTime(1000);
  expect(lines).toHaveLength(4);
});

test("without network it waits for the network; closed, it stays closed", () => {
  const { stream, lines, said, last } = start();
  stream.lose();
  vi.advanceTimersByTime(120_000);
  expect(lines).toHaveLength(1);
  expect(said.at(-1)).toBe("offline");
  stream.open();
  expect(lines).toHaveLength(2);
  stream.close();
  last().fail(Line.CLOSED);
  vi.advanceTimersByTime(120_000);
  expect(lines).toHaveLength(2);
});
