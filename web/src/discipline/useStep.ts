import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Case, disciplineKeys } from "../api/discipline";

/** A step of a case; what shows cases is asked again once it is done. */
export function useStep(send: () => Promise<Case>, close: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: disciplineKeys.all });
      close();
    },
  });
}
