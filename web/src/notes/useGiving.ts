import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { isRefused } from "../api/client";
import type { Note, Value } from "../api/notes";

/** Sends a note of the value pressed; the same press sent again is the same note. */
export function useGiving(give: (value: Value, key: string) => Promise<Note>) {
  const key = useRef({ value: "", id: crypto.randomUUID() });
  const giving = useMutation({
    mutationFn: (value: Value) => {
      if (key.current.value !== value) key.current = { value, id: crypto.randomUUID() };
      return give(value, key.current.id);
    },
    onError: (error) => {
      if (isRefused(error)) key.current.value = ""; // what is mended is another command
    },
  });
  return {
    give: giving.mutate,
    sending: giving.isPending ? giving.variables : null,
    given: giving.data ?? null,
    error: giving.error,
  };
}
