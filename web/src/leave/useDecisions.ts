import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { decideLeave, type Leave, leaveKeys, type Outcome } from "../api/leave";

export interface Result {
  outcome: Outcome;
  done: number;
  refused: { row: Leave; why: string }[];
}

/** Decides about requests and keeps what came of it; the queue and its counts are asked anew. */
export function useDecisions(decided: (ids: readonly string[]) => void) {
  const client = useQueryClient();
  const [result, setResult] = useState<Result | null>(null);
  const deciding = useMutation({
    mutationFn: ({ rows, outcome, words }: { rows: readonly Leave[]; outcome: Outcome; words: string | null }) =>
      decideLeave(
        rows.map(({ id }) => id),
        outcome,
        words,
      ),
    onMutate: () => setResult(null),
    onSuccess: async (answer, { rows, outcome }) => {
      const refused = rows.flatMap((row) => {
        const why = answer.find(({ id }) => id === row.id)?.refused ?? "";
        return why === "" ? [] : [{ row, why }];
      });
      setResult({ outcome, done: rows.length - refused.length, refused });
      decided(rows.map(({ id }) => id));
      await client.invalidateQueries({ queryKey: leaveKeys.queue });
    },
  });
  const decide = (rows: readonly Leave[], outcome: Outcome, words: string | null = null) =>
    deciding.mutateAsync({ rows, outcome, words });
  return { decide, result, dismiss: () => setResult(null), busy: deciding.isPending, error: deciding.error };
}

export type Decide = ReturnType<typeof useDecisions>["decide"];
