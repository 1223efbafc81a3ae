import { useQuery } from "@tanstack/react-query";
import { namesQuery } from "../api/directory";

/** The names of these people, from the directory: other services know only their ids. */
export function useNames(ids: readonly string[]): (id: string) => string {
  const wanted = [...new Set(ids)].sort();
  const found = useQuery(namesQuery(wanted));
  return (id) => found.data?.get(id) ?? "…";
}
