import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Correction, correctionKeys, decideCorrections, type Outcome } from "../api/corrections";
import { outcomeOf, type Refused } from "../validation/queue";

export interface Result {
  outcome: Outcome;
  done: number;
  refused: Refused<Correction>[];
}

/** Decides about corrections and keeps what came of it; the queue and its counts are asked anew. */
export function useDecisions(decided: (ids: readonly string[]) => void) {
  const client = useQueryClient();
  const [result, setResult] = useState<Result | null>(null);
  const deciding = useMutation({
    mutationFn: ({ rows, outcome, words }: { rows: readonly Correction[]; outcome: Outcome; words: string | null }) =>
      decideCorrections(rows, outcome, words),
    onMutate: () => setResult(null),
    onSuccess: async (answer, { rows, outcome }) => {
      setResult({ outcome, ...outcomeOf(answer, rows) });
      decided(rows.map(({ id }) => id));
      await client.invalidateQueries({ queryKey: correctionKeys.queue });
    },
  });
  const decide = (rows: readonly Correction[], outcome: Outcome, words: string | null = null) =>
    deciding.mutateAsync({ rows, outcome, words });
  return { decide, result, dismiss: () => setResult(null), busy: deciding.isPending, error: deciding.error };
}

export type Decide = ReturnType<typeof useDecisions>["decide"];
