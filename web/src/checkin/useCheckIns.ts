import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { checkinKeys } from "../api/checkins";
import { keys } from "../api/queries";
import { capture, type Kind } from "./capture";
import { load, put, subscribe, type Waiting, waiting } from "./queue";
import { flush } from "./sending";

const TRY_EVERY = 5_000;

export interface CheckIns {
  /** What waits of this employee, oldest first. */
  waiting: readonly Waiting[];
  /** `locating` while the phone looks for its position. */
  state: "idle" | "locating" | "failed";
  press(kind: Kind, qr: string | null): void;
  send(): void;
}

/** The queue of one employee on this phone; `connected` says whether there is anybody to send it to. */
export function useCheckIns(employee: string, connected: boolean): CheckIns {
  const client = useQueryClient();
  const all = useSyncExternalStore(subscribe, waiting);
  const own = all.filter((item) => item.employee === employee);
  const [state, setState] = useState<CheckIns["state"]>("idle");

  const send = useCallback(() => {
    if (!connected) return;
    flush(employee)
      .then((taken) => {
        if (!taken) return;
        void client.invalidateQueries({ queryKey: checkinKeys.own(employee) });
        void client.invalidateQueries({ queryKey: [...keys.all, "day", employee] });
      })
      .catch(() => setState("failed"));
  }, [client, connected, employee]);

  useEffect(() => {
    load().then(send, () => setState("failed"));
    window.addEventListener("online", send);
    return () => window.removeEventListener("online", send);
  }, [send]);

  const open = own.some((item) => item.refused === null);
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(send, TRY_EVERY);
    return () => clearInterval(timer);
  }, [open, send]);

  const press = useCallback(
    (kind: Kind, qr: string | null) => {
      setState("locating");
      capture(employee, kind, qr)
        .then(put)
        .then(() => {
          setState("idle");
          send();
        })
        .catch(() => setState("failed"));
    },
    [employee, send],
  );

  return { waiting: own, state, press, send };
}
