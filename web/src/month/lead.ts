/** The day in a sentence or two, before its steps. Pure. */

import type { AssessedDay, Step } from "../api/days";
import { decimal } from "../format/number";
import { clock, zoneName } from "../format/time";
import type { Shape } from "../states/Glyph";
import { lengthWords, type Telling } from "./steps";

/** A sentence with its sign; what would have been enough; and which article says so. */
export interface Lead {
  shape: Shape;
  text: string;
  remedy: string | null;
  article: string | null;
}

const SIDES = {
  late: { text: "lead.late", remedy: "lead.lateToNone" },
  early: { text: "lead.early", remedy: "lead.earlyToNone" },
} as const;
const MISSING = { "late.missing_scan": "lead.lateMissing", "early.missing_scan": "lead.earlyMissing" } as const;

/** `who` is "Anda", or the name of whoever's day it is. */
export function leadOf(day: AssessedDay, who: string, telling: Telling): Lead[] {
  const found = day.steps.map((step) => costing(step, who, telling)).filter((one) => one !== null);
  // Whoever came late on a day that is over is not told as well that they came.
  return found.length > 0 && day.status !== "pending" ? found : [...found, plain(day, who, telling)];
}

/** A step that costs something. */
function costing(step: Step, who: string, { t, language }: Telling): Lead | null {
  const { code, values = {}, article = "" } = step;
  const percent = values.percent === undefined ? null : `${decimal(String(values.percent), language)}%`;
  const cut = percent === null ? "" : t("lead.cut", { percent });
  const minutes = lengthWords(Number(values.minutes ?? 0), t);
  const band = String(values.band ?? "");
  const basis = article === "" ? null : article;
  if (code === "late" || code === "early") {
    const enough = Number(values.to_none ?? 0);
    return {
      shape: "warning",
      text: t(SIDES[code].text, { who, minutes, band, cut }),
      remedy: enough > 0 ? t(SIDES[code].remedy, { minutes: lengthWords(enough, t) }) : null,
      article: basis,
    };
  }
  if (code === "late.missing_scan" || code === "early.missing_scan") {
    return { shape: "warning", text: t(MISSING[code], { band, cut }), remedy: null, article: basis };
  }
  if (code === "shift.absent") {
    return { shape: "wrong", text: t("lead.absent", { who, minutes, cut }), remedy: null, article: basis };
  }
  return null;
}

function plain(day: AssessedDay, who: string, { t, language, zone, names }: Telling): Lead {
  const lead = (shape: Shape, text: string): Lead => ({ shape, text, remedy: null, article: null });
  const step = (code: string) => day.steps.find((one) => one.code === code);
  const named = (text: string | undefined) => (text === undefined || text === "" ? "" : ` ${text}`);
  switch (day.status) {
    case "pending": {
      const came = day.first_in;
      if (came === null) return lead("waiting", t("lead.pendingNone"));
      return lead(
        "waiting",
        t("lead.pending", { who, time: `${clock(came, zone, language)} ${zoneName(zone, came)}` }),
      );
    }
    case "holiday": {
      const id = day.steps.find(({ code, values }) => code === "plan.holiday" && values?.id !== undefined)?.values?.id;
      return lead("hollow", t("lead.holiday", { name: named(names.get(String(id))) }));
    }
    case "leave":
    case "duty":
    case "permit":
    case "correction":
    case "amnesty":
      return lead("full", t(`lead.${day.status}`, { who, label: String(step("excuse")?.values?.label ?? "") }));
    case "present":
      return lead("full", t("lead.present", { who }));
    case "absent":
    case "partly_absent":
      return lead("wrong", t("lead.absent", { who, minutes: lengthWords(day.absent_minutes, t), cut: "" }));
    default:
      return lead("hollow", t(`lead.${day.status}`, { who }));
  }
}
