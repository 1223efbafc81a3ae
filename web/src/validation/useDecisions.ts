import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Activity, activityKeys, decideActivities, type Outcome } from "../api/appraisal";
import { outcomeOf, type Refused } from "./queue";

export interface Result {
  outcome: Outcome;
  done: number;
  refused: Refused<Activity>[];
}

/** Decides about rows and keeps what came of it; the queue and its counts are asked anew. */
export function useDecisions(decided: (ids: readonly string[]) => void) {
  const client = useQueryClient();
  const [result, setResult] = useState<Result | null>(null);
  const deciding = useMutation({
    mutationFn: ({ rows, outcome, words }: { rows: readonly Activity[]; outcome: Outcome; words: string | null }) =>
      decideActivities({ activities: rows.map(({ id }) => id), outcome, words }),
    onMutate: () => setResult(null),
    onSuccess: async (answer, { rows, outcome }) => {
      setResult({ outcome, ...outcomeOf(answer, rows) });
      decided(rows.map(({ id }) => id));
      await client.invalidateQueries({ queryKey: activityKeys.queue });
    },
  });
  const decide = (rows: readonly Activity[], outcome: Outcome, words: string | null = null) =>
    deciding.mutateAsync({ rows, outcome, words });
  return { decide, result, dismiss: () => setResult(null), busy: deciding.isPending, error: deciding.error };
}

export type Decide = ReturnType<typeof useDecisions>["decide"];
