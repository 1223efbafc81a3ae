/** What the reasons of a service say. Pure. */

import type { ServiceReasons } from "../api/feedback";
import type { Language } from "../format/time";

export interface NamedReason {
  id: string;
  name: string;
  count: number;
}

/** Services with something to show before those with too few ratings; the rest as it was given, which is by name. */
export function offered(services: readonly ServiceReasons[]): ServiceReasons[] {
  return [...services].sort((a, b) => Number(a.ratings === null) - Number(b.ratings === null));
}

/** The most frequent first; null where too few have rated the service. */
export function namedReasons({ reasons }: ServiceReasons, language: Language): NamedReason[] | null {
  const named: NamedReason[] = [];
  for (const { id, id_text, en_text, count } of reasons) {
    if (count === null) return null;
    named.push({ id, name: language === "id" ? id_text : en_text, count });
  }
  return named.sort((a, b) => b.count - a.count);
}
