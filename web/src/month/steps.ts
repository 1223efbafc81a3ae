/** The explanation in words: each step is a stable code with values (services/attendance/days/explaining.py). Pure. */

import type { Step } from "../api/days";
import { decimal } from "../format/number";
import { clock, day, type Language, localDate, zoneName } from "../format/time";
import type { Translate } from "../i18n";
import words from "../i18n/id.pages.json";

type Word = keyof (typeof words)["step"];
const WORDS = Object.keys(words.step) as Word[];

/** How times and names of a day are said. */
export interface Telling {
  t: Translate;
  language: Language;
  date: string;
  zone: string;
  /** Names of patterns and holidays by their ids. */
  names: ReadonlyMap<string, string>;
}

const INSTANTS = ["starts", "ends", "opens", "closes", "at", "due", "left", "back", "since", "until"];
const LENGTHS = ["minutes", "required_minutes", "flexible_minutes", "break_minutes", "to_none"];

/** A step's key among the texts. A plan of the kind "holiday" and the holiday that is why share a code. */
export function wordOf({ code, values }: Step): Word | null {
  const kind = code.startsWith("plan.") && "required_minutes" in (values ?? {});
  const key = (kind ? code.replace("plan.", "planned.") : code).replaceAll(".", "_");
  return WORDS.find((one) => one === key) ?? null;
}

/** What a step says; its code where a newer service says more than this page knows. */
export function stepWords(step: Step, telling: Telling): string {
  const { t } = telling;
  const word = wordOf(step);
  if (word === null) return t("explain.unknownStep", { code: step.code });
  const told = Object.entries(step.values ?? {}).map(([name, value]) => [name, valueWords(name, value, telling)]);
  const values: Record<string, string> = Object.fromEntries(told);
  return t(`step.${word}`, { ...values, ...composed(step, values, telling) });
}

/** Parts of a sentence that are there or not: a name, what is deducted, when an excuse holds, where a band ends. */
function composed({ values = {} }: Step, said: Record<string, string>, { t, names }: Telling) {
  const { percent, since, until } = said;
  const name = names.get(String(values.id ?? "").split("@")[0] ?? "");
  const { band_from: from, band_to: to } = values;
  return {
    name: name === undefined ? "" : ` “${name}”`,
    cut: percent === undefined ? "" : t("explain.cut", { percent }),
    span: since === undefined || until === undefined ? "" : t("explain.span", { since, until }),
    range: to === undefined ? t("explain.open", { from }) : t("explain.range", { from, to }),
  };
}

function valueWords(name: string, value: string | number, telling: Telling): string {
  const { t, language } = telling;
  if (INSTANTS.includes(name)) return instantWords(String(value), telling);
  if (LENGTHS.includes(name)) return lengthWords(Number(value), t);
  if (name === "percent") return `${decimal(String(value), language)}%`;
  if (name === "role") return t(`punchRole.${value as "in"}`);
  if (name === "said") return t(`punchSaid.${value as "in"}`);
  if (name === "kind")
    return value === "fixed" || value === "on_call" ? t(`shiftKind.${value}`) : t(`excuseKind.${value as "leave"}`);
  return String(value);
}

/** The time on the site's clock, with the day where it is another. */
export function instantWords(at: string, { date, zone, language }: Telling): string {
  const time = `${clock(at, zone, language)} ${zoneName(zone, at)}`;
  const local = localDate(at, zone);
  return local === date ? time : `${time} (${day(local, language)})`;
}

/** `45 menit`, `7 jam 30 menit`. */
export function lengthWords(minutes: number, t: Translate): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours > 0 ? t("age.hour", { count: hours }) : null,
    rest > 0 || hours === 0 ? t("age.minute", { count: rest }) : null,
  ];
  return parts.filter((part) => part !== null).join(" ");
}
