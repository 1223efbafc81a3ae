import { useQuery } from "@tanstack/react-query";
import { type Subordinate, subordinatesQuery } from "../api/notes";
import { usePerson } from "../session/useSession";

/** Whom whoever is signed in may give feedback today; nobody until it is known. */
export function useLed(): readonly Subordinate[] {
  const { person } = usePerson();
  return useQuery({ ...subordinatesQuery(), enabled: person.employeeId !== null }).data?.items ?? [];
}
