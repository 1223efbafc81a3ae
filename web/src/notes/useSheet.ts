import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { noteKeys } from "../api/notes";

/**
 * Whether a sheet is open. `round` keys what is in it: opened again while it still closes, it begins anew. What was
 * said in it is asked for only once it closes: a request that is answered leaves its list, and would take with it the
 * sheet that says so.
 */
export function useSheet() {
  const client = useQueryClient();
  const [{ opened, round }, set] = useState({ opened: false, round: 0 });
  return {
    opened,
    round,
    open: () => set((before) => ({ opened: true, round: before.round + 1 })),
    close: () => {
      set((before) => ({ ...before, opened: false }));
      void client.invalidateQueries({ queryKey: noteKeys.all });
    },
  };
}
