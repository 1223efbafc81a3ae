/** Which questions the help answers for whom. Pure. */

import type { Person } from "../session/person";

const EVERYBODY = ["signIn", "session"] as const;
const EMPLOYEE = ["missing", "recording", "returned", "card", "ratings", "receipt", "superior", "readers"] as const;
const AGENCY = ["queues", "importing", "history", "catalogue", "services"] as const;
const OPERATOR = ["newTerminal", "held"] as const;
const AUDITOR = ["audit"] as const;
const LAST = ["reference", "whom"] as const;

export type Topic =
  | (typeof EVERYBODY)[number]
  | (typeof EMPLOYEE)[number]
  | (typeof AGENCY)[number]
  | (typeof OPERATOR)[number]
  | (typeof AUDITOR)[number]
  | (typeof LAST)[number];

export function topicsOf({ roles, employeeId }: Person): Topic[] {
  return [
    ...EVERYBODY,
    ...(employeeId === null ? [] : EMPLOYEE),
    ...(roles.includes("bkpsdm") ? AGENCY : []),
    ...(roles.includes("operator") ? OPERATOR : []),
    ...(roles.includes("auditor") ? AUDITOR : []),
    ...LAST,
  ];
}
