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

/**
 * Follows the stream of one scope while the page is looked at and not paused. `date` is the day on the screen, null
 * until the first answer has said it; frames of presence wait for that (the full answer holds them anyway).
 */
export function useLive(scope: Scope, date: string | null, paused: boolean): LiveView {
  const client = useQueryClient();
  const { unit, date: asked } = scope;
  const [live, setLive] = useState(NOTHING_YET);
  const [status, setStatus] = useState<StreamStatus>("connecting");
  const day = useRef(date);
  day.current = date;
  const stream = useRef<LiveStream | null>(null);
  const heard = useRef(Date.now());

  useEffect(() => {
    setLive(NOTHING_YET);
    if (paused) return;
    heard.current = Date.now();
    const fold = (type: FrameType, data: unknown) => {
      heard.current = Date.now();
      setLive((before) => apply(before, type, data, day.current));
    };
    const opened = new LiveStream(address("/stream", { unit, date: asked }), {
      onFrame: fold,
      onStatus: setStatus,
      onGap: () => {
        void client.invalidateQueries({ queryKey: keys.all });
      },
    });
    stream.current = opened;
    const leave = follow(opened);
    return () => {
      leave();
      opened.close();
      stream.current = null;
    };
  }, [client, unit, asked, paused]);

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
