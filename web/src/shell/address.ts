/** What an address says. Every view of the board can be sent as a link; unreadable parts are left out, not guessed. */

import type { DeviceState, StateFilter } from "../api/types";
import { isDay, type Language } from "../format/time";
import { around, isShown, type Period, SPANS, wrong } from "./period";

export type BoardView = "units" | "people";

export interface BoardAddress {
  unit: string | null;
  /** null: today. */
  date: string | null;
  /** null: units where the unit has children, else its people. */
  view: BoardView | null;
  state: StateFilter;
  q: string;
  /** As a list is asked for; null: its own order. */
  order: string | null;
}

const STATES = ["present", "not_yet", "away", "off"] as const;
const DEVICE_STATES: readonly DeviceState[] = ["live", "silent", "pending", "never_seen"];

export function readBoard(search: URLSearchParams): BoardAddress {
  const date = search.get("date") ?? "";
  const view = search.get("view");
  const state = search.get("state");
  return {
    unit: search.get("unit") || null,
    date: isDay(date) ? date : null,
    view: view === "units" || view === "people" ? view : null,
    state: STATES.find((one) => one === state) ?? "all",
    q: search.get("q") ?? "",
    order: search.get("order"),
  };
}

export function readLanguage(search: URLSearchParams): Language | null {
  const lang = search.get("lang");
  return lang === "id" || lang === "en" ? lang : null;
}

export function readDeviceState(search: URLSearchParams): DeviceState | null {
  return DEVICE_STATES.find((one) => one === search.get("state")) ?? null;
}

/** The period an address speaks of: of now where it names no day, this month where it says nothing readable. */
export function readPeriod(search: URLSearchParams, today: string): Period {
  const span = SPANS.find((one) => one === search.get("span")) ?? "month";
  const from = search.get("from") ?? "";
  const to = search.get("to") ?? "";
  if (span === "range") return wrong(from, to) === null ? { span, from, to } : around("month", today);
  return around(span, isShown(from) ? from : today);
}

/** What the address says of a period; nothing for this month. */
export function periodParts(period: Period, today: string): Partial<Record<"span" | "from" | "to", string | null>> {
  const { span, from, to } = period;
  if (span === "range") return { span, from, to };
  return { span: span === "month" ? null : span, from: from === around(span, today).from ? null : from };
}

/** `path` with the parts that differ from the default; `lang` is carried along where the reader's link had it. */
export function href(
  path: string,
  parts: Partial<Record<"unit" | "date" | "view" | "state" | "q" | "order" | "span" | "from" | "to", string | null>>,
  current: URLSearchParams,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value && !(name === "state" && value === "all")) search.set(name, value);
  }
  const lang = readLanguage(current);
  if (lang !== null) search.set("lang", lang);
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
