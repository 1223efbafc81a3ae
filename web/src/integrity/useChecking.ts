import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { checkPart, integrityKeys } from "../api/integrity";
import { type Checked, NOTHING, toTheEnd } from "./checking";

/** How far the check of a day is. */
export interface Check extends Checked {
  state: "running" | "done" | "failed";
  error: Error | null;
}

/** Checks days, one at a time; leaving the page ends it. What came of each stays as long as the page. */
export function useChecking() {
  const client = useQueryClient();
  const [checks, setChecks] = useState<Readonly<Record<string, Check>>>({});
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const say = (day: string, change: Partial<Check>) =>
    setChecks((now) => ({ ...now, [day]: { ...NOTHING, error: null, state: "running", ...now[day], ...change } }));
  const checking = useMutation({
    mutationFn: (day: string) => {
      const ending = new AbortController();
      stop.current = ending;
      say(day, { ...NOTHING, state: "running", error: null });
      return toTheEnd(
        (cursor) => checkPart(day, cursor, ending.signal),
        (soFar) => say(day, soFar),
      );
    },
    onSuccess: (_, day) => say(day, { state: "done" }),
    onError: (error, day) => say(day, { state: "failed", error }),
    onSettled: () => client.invalidateQueries({ queryKey: integrityKeys.findings }),
  });
  return { check: checking.mutate, checks, busy: checking.isPending };
}
