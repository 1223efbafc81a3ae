/**
 * The connection behind a live screen. An EventSource over `fetch` (the browser's own cannot carry a token) reconnects
 * by itself and sends Last-Event-ID; this adds what it lacks: a line that died silently is noticed, a refused one is tried again with back-off, both from the
 * last event heard, and where the service cannot go on from there (`reset`) the screen asks for a full answer.
 */

import { EventSource } from "eventsource";
import { authorizedFetch } from "../session/bearer";

export type StreamStatus = "connecting" | "live" | "stale" | "offline";

export const FRAME_TYPES = ["presence", "devices", "freshness"] as const;
export type FrameType = (typeof FRAME_TYPES)[number];

export interface StreamHandlers {
  onFrame(type: FrameType, data: unknown): void;
  onStatus(status: StreamStatus): void;
  /** Frames are missing (`reset`, an unreadable frame): ask for a full answer. */
  onGap(): void;
}

/** The service sends a frame at least every 2 s; five missed ones are a dead line (milliseconds). */
export const SILENCE = 10_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

export type Connect = (url: string) => EventSource;

export class LiveStream {
  private source: EventSource | null = null;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private closed = false;

  /**
   * `address` gives the stream's address for the event id to go on from; `from` is that of the full answer on the
   * screen (`freshness.position`), null when there is none.
   */
  constructor(
    private readonly address: (lastEventId: string | null) => string,
    public lastEventId: string | null,
    private readonly handlers: StreamHandlers,
    private readonly connect: Connect = (address) => new EventSource(address, { fetch: authorizedFetch }),
    private readonly random: () => number = Math.random,
  ) {}

  /** Opens, or opens anew at once (the network came back, the page is looked at again). */
  open(): void {
    this.drop();
    this.closed = false;
    this.handlers.onStatus("connecting");
    const source = this.connect(this.address(this.lastEventId));
    this.source = source;
    source.onopen = () => this.heard();
    source.onerror = () => this.failed(source);
    source.addEventListener("reset", (event) => {
      this.heard(event as MessageEvent<string>);
      this.handlers.onGap();
    });
    for (const type of FRAME_TYPES) {
      source.addEventListener(type, (event) => this.frame(type, event as MessageEvent<string>));
    }
    this.watch();
  }

  /** Ends for good, unless `open` is called again. */
  close(): void {
    this.closed = true;
    this.drop();
  }

  /** The browser says there is no network: wait for it to say otherwise. */
  lose(): void {
    this.drop();
    this.handlers.onStatus("offline");
  }

  private frame(type: FrameType, event: MessageEvent<string>): void {
    this.heard(event);
    let data: unknown;
    try {
      data = JSON.parse(event.data);
    } catch {
      this.handlers.onGap();
      return;
    }
    this.handlers.onFrame(type, data);
  }

  private heard(event?: MessageEvent<string>): void {
    if (event?.lastEventId) this.lastEventId = event.lastEventId;
    this.attempts = 0;
    this.handlers.onStatus("live");
    this.watch();
  }

  private failed(source: EventSource): void {
    // CONNECTING: the browser tries by itself with Last-Event-ID, under the eye of `silence`. CLOSED: it gave up.
    if (source.readyState === EventSource.CLOSED) this.retry();
    else this.handlers.onStatus("connecting");
  }

  private watch(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.retry(), SILENCE);
  }

  private retry(): void {
    this.drop();
    if (this.closed) return;
    this.handlers.onStatus("stale");
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.attempts) * (0.75 + this.random() / 2);
    this.attempts += 1;
    this.again = setTimeout(() => this.open(), wait);
  }

  private drop(): void {
    clearTimeout(this.silence);
    clearTimeout(this.again);
    this.source?.close();
    this.source = null;
  }
}
