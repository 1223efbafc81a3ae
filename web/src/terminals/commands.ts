/** What an operator may ask of a terminal, and how it is said to it. Pure. */

import type { Order, Terminal } from "../api/attendance";
import { isDay } from "../format/time";

export type Action = "clock" | "resend" | "info" | "retire";

/** Local days of the terminal, both included. */
export interface Period {
  from: string;
  to: string;
}

/** A terminal that is not approved takes no command. */
export function actionsFor(status: Terminal["status"]): readonly Action[] {
  if (status === "retired") return [];
  return status === "active" ? ["clock", "resend", "info", "retire"] : ["retire"];
}

/** The command of an action; null for one that is none, or for a period that is not one. */
export function orderOf(action: Action, { from, to }: Period): Order | null {
  switch (action) {
    case "clock":
      return { kind: "set_time", parameters: {} };
    case "info":
      return { kind: "info", parameters: {} };
    case "resend":
      return isDay(from) && isDay(to) && from <= to
        ? { kind: "query_attlog", parameters: { start: `${from} 00:00:00`, end: `${to} 23:59:59` } }
        : null;
    case "retire":
      return null;
  }
}

/** The commands that have a name in the texts under `command`; of others their own word is shown. */
export const KINDS = [
  "check",
  "log",
  "info",
  "reboot",
  "query_attlog",
  "verify_attlog",
  "set_time",
  "update_user",
  "delete_user",
  "unsolicited",
] as const;
export type Kind = (typeof KINDS)[number];

export const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);
