/** A request for leave while it is written. Pure. */

import type { Kind, Leave, LeaveKind, NewLeave, Part } from "../api/leave";

export interface Draft {
  kind: Kind | null;
  first: string;
  last: string;
  part: Part;
  since: string;
  until: string;
  reason: string;
  letter: string;
  place: string;
}

export const EMPTY: Draft = {
  kind: null,
  first: "",
  last: "",
  part: "day",
  since: "",
  until: "",
  reason: "",
  letter: "",
  place: "",
};

const DAY = 86_400_000;

/** The fields that say themselves what is wrong with them. */
export const FIELDS = ["kind", "first", "last", "part", "since", "until", "reason", "letter", "place"] as const;
export type Field = (typeof FIELDS)[number];

export function draftOf(leave: Leave): Draft {
  const { kind, first, last, part, reason, letter, place, walls } = leave;
  return { kind, first, last, part, since: walls.since ?? "", until: walls.until ?? "", reason, letter, place };
}

/** The same draft for another kind: its part of the day is one that kind has. */
export function ofKind(draft: Draft, kind: LeaveKind): Draft {
  const part = kind.parts.includes(draft.part) ? draft.part : (kind.parts[0] ?? "day");
  return { ...draft, kind: kind.kind, part };
}

/** Which hours are asked for: the beginning or the end of the shift is the other one. */
export function hoursOf({ kind, part }: Draft): { since: boolean; until: boolean } {
  return { since: part === "hours" && kind !== "late", until: part === "hours" && kind !== "early" };
}

/** Who asks for one day says it once. */
export const lastOf = ({ part, first, last }: Draft) => (part !== "day" || last === "" ? first : last);

/** What is not there yet without which nothing can be asked. */
export function lacking(draft: Draft): Field[] {
  const hours = hoursOf(draft);
  const empty: [Field, boolean][] = [
    ["kind", draft.kind === null],
    ["first", draft.first === ""],
    ["last", draft.first !== "" && lastOf(draft) < draft.first],
    ["since", hours.since && draft.since === ""],
    ["until", hours.until && draft.until === ""],
  ];
  return empty.filter(([, missing]) => missing).map(([field]) => field);
}

/** As it is sent; null while something is lacking. */
export function contentOf(draft: Draft): NewLeave | null {
  if (draft.kind === null || lacking(draft).length > 0) return null;
  const hours = hoursOf(draft);
  return {
    kind: draft.kind,
    first: draft.first,
    last: lastOf(draft),
    part: draft.part,
    since: hours.since ? draft.since : null,
    until: hours.until ? draft.until : null,
    reason: draft.reason.trim(),
    letter: draft.letter.trim(),
    place: draft.place.trim(),
  };
}

/** Days of the year and hours of a day need no letter: where there may be one, files are asked for. */
export function takesLetters({ kind, excuse }: Pick<Leave, "kind" | "excuse">): boolean {
  return excuse !== "permit" && kind !== "annual";
}

/** The employee may still change it, also its files. */
export function changeable({ status }: Pick<Leave, "status">): boolean {
  return status === "waiting" || status === "returned";
}

/** This employee recorded it from paper less than a day ago, and may add its files. */
export function justRecorded(
  leave: Pick<Leave, "paper" | "status" | "steps">,
  by: string | null,
  now: number,
): boolean {
  const [recorded] = leave.steps;
  if (!leave.paper || leave.status !== "approved" || recorded === undefined) return false;
  return recorded.by === by && now - Date.parse(recorded.at) < DAY;
}

/** Its dates cannot be changed any more, only taken back. */
export function cancellable(leave: Pick<Leave, "status">): boolean {
  return changeable(leave) || leave.status === "approved";
}
