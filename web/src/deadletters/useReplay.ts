import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { followedQuery, LETTERS, letterKeys, replayLetters } from "../api/deadletters";
import { outcomeOf } from "./outcome";

/** Puts letters back and follows them until each is processed or refused again. */
export function useReplay() {
  const client = useQueryClient();
  const [ids, setIds] = useState<readonly string[]>([]);
  const sending = useMutation({
    mutationFn: (wanted: readonly string[]) => replayLetters(wanted),
    onSuccess: async ({ put_back }) => {
      setIds(put_back);
      await client.invalidateQueries({ queryKey: letterKeys.all });
    },
  });
  const followed = useQuery(followedQuery(ids));
  const outcome = followed.data === undefined ? null : outcomeOf(followed.data);
  const settled = outcome === null ? "" : JSON.stringify(outcome);
  useEffect(() => {
    // Each time one is processed or refused the list is another one.
    if (settled !== "") void client.invalidateQueries({ queryKey: [...letterKeys.all, "list"] });
  }, [settled, client]);
  return {
    start: (wanted: readonly string[]) => sending.mutate(wanted.slice(0, LETTERS)),
    most: (count: number) => Math.min(count, LETTERS),
    isPending: sending.isPending,
    error: sending.error,
    count: ids.length,
    outcome,
  };
}

export type Replay = ReturnType<typeof useReplay>;
