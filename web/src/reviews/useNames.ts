import { useQuery } from "@tanstack/react-query";
import { namesQuery } from "../api/directory";
import { useWords } from "../i18n";

/** The names of these people, from the directory: other services know only their ids. Who is not one's to see, or cannot
 * be asked for now, is called another employee. */
export function useNames(ids: readonly string[]): (id: string) => string {
  const wanted = [...new Set(ids)].sort();
  const found = useQuery(namesQuery(wanted));
  const { t } = useWords();
  return (id) => found.data?.get(id) ?? (found.isPending ? "…" : t("employees.other"));
}
