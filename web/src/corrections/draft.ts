/** What is being written about a correction, before it is sent. Pure. */

import type { Claim, Correction, What } from "../api/corrections";
import { clock, localDate } from "../format/time";

export const WHATS = ["punch", "on_duty", "outside_work", "system_fault"] as const satisfies readonly What[];

export interface Draft {
  what: What | "";
  direction: "in" | "out" | "";
  at: string;
  nextDay: boolean;
  /** null: the own workplace. */
  site: string | null;
  /** A status of a part of the day only. */
  part: boolean;
  since: string;
  until: string;
  reason: string;
}

export const EMPTY: Draft = {
  what: "",
  direction: "",
  at: "",
  nextDay: false,
  site: null,
  part: false,
  since: "",
  until: "",
  reason: "",
};

/** Fields that show what is wrong with them, by their names in the API. */
export const FIELDS = ["date", "what", "direction", "at", "site_id", "since", "until", "reason"] as const;
export type Field = (typeof FIELDS)[number];

/** As the service asks: fewer letters are no reason. */
const LEAST = 5;

/** A correction as it is, to be changed. */
export function draftOf(one: Correction): Draft {
  const wall = (at: string | null) => (at === null ? "" : clock(at, one.zone, "en"));
  return {
    what: one.what,
    direction: one.direction ?? "",
    at: wall(one.at),
    nextDay: one.at !== null && localDate(one.at, one.zone) > one.date,
    site: one.site?.id ?? null,
    part: one.since !== null,
    since: wall(one.since),
    until: wall(one.until),
    reason: one.reason,
  };
}

/** The fields that keep it from being sent. */
export function lacking(draft: Draft): Field[] {
  const found: Field[] = [];
  if (draft.what === "") found.push("what");
  if (draft.what === "punch") {
    if (draft.direction === "") found.push("direction");
    if (draft.at === "") found.push("at");
  } else if (draft.part) {
    if (draft.since === "") found.push("since");
    if (draft.until === "") found.push("until");
  }
  if (draft.reason.trim().length < LEAST) found.push("reason");
  return found;
}

/** What is claimed, as the API wants it; of a draft that lacks nothing. */
export function claimOf(draft: Draft): Claim {
  const punch = draft.what === "punch";
  const part = !punch && draft.part;
  return {
    what: draft.what === "" ? "punch" : draft.what,
    direction: punch && draft.direction !== "" ? draft.direction : null,
    at: punch ? draft.at : null,
    next_day: punch && draft.nextDay,
    site_id: punch ? draft.site : null,
    since: part ? draft.since : null,
    until: part ? draft.until : null,
    reason: draft.reason.trim(),
  };
}
