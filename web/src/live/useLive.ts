import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { address } from "../api/client";
import { keys, type Scope } from "../api/queries";
import type { DevicesFrame, Freshness, PresenceFrame } from "../api/types";
import { foldDevices, foldFreshness, foldPresence, type Live, NOTHING_YET } from "./fold";
import { type FrameType, LiveStream, type StreamStatus } from "./stream";

/** A page nobody looks at gives its connection back after this long (milliseconds). */
const HIDDEN = 30_000;

export interface LiveView {
  live: Live;
  status: StreamStatus | "paused";
  /** When a frame was last heard, on the browser's clock (epoch milliseconds). */
  since: number;
  reconnect(): void;
}

/** The full answer that a stream goes on from: the day it is of, and its place in the order of events. */
export interface Start {
  date: string;
  position: string | null;
}

/**
 * Follows the stream of one scope while the page is looked at and not paused, from the first full answer on; `start`
 * is null until that has come. `heardPresence` is called with every frame of presence: of several that come together a
 * render sees only what they add up to.
 */
export function useLive(
  scope: Scope,
  start: Start | null,
  paused: boolean,
  heardPresence?: (frame: PresenceFrame) => void,
): LiveView {
  const client = useQueryClient();
  const { unit, date: asked } = scope;
  const [live, setLive] = useState(NOTHING_YET);
  const [status, setStatus] = useState<StreamStatus>("connecting");
  const from = useRef(start);
  from.current = start;
  const told = useRef(heardPresence);
  told.current = heardPresence;
  /** Where the stream was left: after a pause it goes on there. */
  const left = useRef<string | null>(null);
  const begun = start !== null;
  const stream = useRef<LiveStream | null>(null);
  const heard = useRef(Date.now());

  const day = start?.date;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scope, or the next day, is another story
  useEffect(() => {
    setLive(NOTHING_YET);
    left.current = null;
  }, [unit, asked, day]);

  useEffect(() => {
    if (paused || !begun) return;
    heard.current = Date.now();
    const fold = (type: FrameType, data: unknown) => {
      heard.current = Date.now();
      setLive((before) => apply(before, type, data, from.current?.date ?? null));
      if (type === "presence") told.current?.(data as PresenceFrame);
    };
    const opened = new LiveStream(
      (last_event_id) => address("/stream", { unit, date: asked, last_event_id }),
      left.current ?? from.current?.position ?? null,
      {
        onFrame: fold,
        onStatus: setStatus,
        onGap: () => {
          void client.invalidateQueries({ queryKey: keys.all });
        },
      },
    );
    stream.current = opened;
    const leave = follow(opened);
    return () => {
      leave();
      opened.close();
      left.current = opened.lastEventId;
      stream.current = null;
    };
  }, [client, unit, asked, paused, begun]);

  const reconnect = useCallback(() => stream.current?.open(), []);
  return { live, status: paused ? "paused" : status, since: heard.current, reconnect };
}

function apply(live: Live, type: FrameType, data: unknown, date: string | null): Live {
  switch (type) {
    case "presence":
      return date === null ? live : foldPresence(live, data as PresenceFrame, date);
    case "freshness":
      return foldFreshness(live, data as Freshness);
    case "devices":
      return foldDevices(live, data as DevicesFrame);
  }
}

/** Opens the stream and closes and reopens it with the network and the page's visibility. */
function follow(stream: LiveStream): () => void {
  let hide: ReturnType<typeof setTimeout> | undefined;
  let resting = false;
  const online = () => stream.open();
  const offline = () => stream.lose();
  const visibility = () => {
    clearTimeout(hide);
    if (document.hidden) {
      hide = setTimeout(() => {
        resting = true;
        stream.close();
      }, HIDDEN);
    } else if (resting) {
      resting = false;
      stream.open();
    }
  };
  addEventListener("online", online);
  addEventListener("offline", offline);
  document.addEventListener("visibilitychange", visibility);
  if (navigator.onLine) stream.open();
  else stream.lose();
  return () => {
    clearTimeout(hide);
    removeEventListener("online", online);
    removeEventListener("offline", offline);
    document.removeEventListener("visibilitychange", visibility);
  };
}
