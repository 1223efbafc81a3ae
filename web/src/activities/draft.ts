/** What is being written about an activity, before it is one. Pure. */

import type { Activity, Content } from "../api/appraisal";

/** Minutes that one tap chooses. */
export const TAPS = ["15", "30", "60", "90", "120"] as const;
/** How long is said: by a tap, by a number of minutes, or by the clock; "" not yet. */
export type Length = (typeof TAPS)[number] | "other" | "span" | "";

export interface Draft {
  what: string;
  length: Length;
  minutes: string;
  start: string;
  end: string;
  task: string | null;
  result: string;
  quantity: string;
  unit: string;
}

export const EMPTY: Draft = {
  what: "",
  length: "",
  minutes: "",
  start: "",
  end: "",
  task: null,
  result: "",
  quantity: "",
  unit: "",
};

/** Fields that show what is wrong with them, by their names in the API. */
export const FIELDS = ["what", "minutes", "start", "end", "result", "quantity", "unit", "task_id", "reason"] as const;
export type Field = (typeof FIELDS)[number];

const DAY_MINUTES = 24 * 60;
const LEAST_LETTERS = 3;

const lengthOf = (minutes: number): Pick<Draft, "length" | "minutes"> => {
  const tap = TAPS.find((one) => Number(one) === minutes);
  return tap === undefined ? { length: "other", minutes: String(minutes) } : { length: tap, minutes: "" };
};

/** An activity as it is, to be changed. */
export function draftOf(one: Activity): Draft {
  const clock = { length: "span", start: one.start ?? "", end: one.end ?? "" } as const;
  return {
    ...EMPTY,
    ...(one.start === null ? lengthOf(one.minutes) : clock),
    what: one.what,
    task: one.task?.id ?? null,
    result: one.result,
    quantity: one.quantity === null ? "" : one.quantity.replace(".", ","),
    unit: one.unit,
  };
}

/** The same done again, another day: for as long, but not at the same time nor with the same result. */
export function again({ what, minutes, task }: Pick<Activity, "what" | "minutes" | "task">): Draft {
  return { ...EMPTY, what, ...lengthOf(minutes), task: task?.id ?? null };
}

export function minutesOf(draft: Draft): number | null {
  if (draft.length === "span") {
    const [start, end] = [draft.start, draft.end].map((clock) => {
      const [hour, minute] = clock.split(":").map(Number);
      return (hour ?? 0) * 60 + (minute ?? 0);
    });
    return draft.start === "" || draft.end === "" ? null : (end ?? 0) - (start ?? 0);
  }
  const typed = draft.length === "other" ? draft.minutes.trim() : draft.length;
  return /^\d{1,4}$/.test(typed) ? Number(typed) : null;
}

/** The fields that keep it from being sent. */
export function lacking(draft: Draft): Field[] {
  const found: Field[] = [];
  if (draft.what.trim().length < LEAST_LETTERS) found.push("what");
  if (draft.length === "span") {
    if (draft.start === "") found.push("start");
    if (draft.end === "" || (draft.start !== "" && draft.end <= draft.start)) found.push("end");
  } else {
    const minutes = minutesOf(draft);
    if (minutes === null || minutes < 1 || minutes > DAY_MINUTES) found.push("minutes");
  }
  if (draft.quantity.trim() !== "" && quantityOf(draft.quantity) === null) found.push("quantity");
  return found;
}

/** `1,5` as the API writes it; null where it is no quantity. */
export function quantityOf(typed: string): string | null {
  const plain = typed.trim().replace(",", ".");
  return /^\d{1,7}(\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? plain : null;
}

export function contentOf(draft: Draft): Content {
  const clock = draft.length === "span";
  return {
    what: draft.what.trim(),
    start: clock ? draft.start : null,
    end: clock ? draft.end : null,
    minutes: clock ? null : minutesOf(draft),
    result: draft.result.trim(),
    quantity: quantityOf(draft.quantity),
    unit: draft.unit.trim(),
    task_id: draft.task,
  };
}
