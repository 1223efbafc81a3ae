import { useQuery } from "@tanstack/react-query";
import { profileQuery } from "../api/directory";
import { usePerson } from "../session/useSession";

/** Whose days these are: whether one's own, and the name as far as one may know it. */
export function useWhose(employeeId: string): { own: boolean; name: string | null } {
  const { person } = usePerson();
  const own = person.employeeId === employeeId;
  const profile = useQuery({ ...profileQuery(employeeId), enabled: !own });
  return { own, name: own ? person.name : (profile.data?.name ?? null) };
}
