import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";
import type { AssessedDay, Step } from "../api/days";
import { loadPageWords, startLanguage, type Translate } from "../i18n";
import { leadOf } from "./lead";
import { lengthWords, stepWords, type Telling, wordOf } from "./steps";

const step = (code: string, values: Step["values"] = {}, article = ""): Step => ({ code, values, rule: "", article });
const LATE = step(
  "late",
  {
    shift: "s",
    due: "2026-11-03T00:30:00Z",
    band: "TL1",
    band_from: 1,
    band_to: 30,
    percent: "0.5",
    to_none: 13,
    minutes: 13,
  },
  "Permentan 68/2012",
);
let telling: Telling;

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: {} }, localStorage: { setItem: () => undefined } });
  await startLanguage("id");
  await loadPageWords();
  const t = i18next.t as Translate;
  const names = new Map([["p1", "Lima hari kerja"]]);
  telling = { t, language: "id", date: "2026-11-03", zone: "Asia/Jakarta", names };
});

const day = (status: AssessedDay["status"], steps: Step[], said: Partial<AssessedDay> = {}): AssessedDay => ({
  employee_id: "e1",
  day: "2026-11-03",
  zone: "Asia/Jakarta",
  site_id: null,
  status,
  shifts: [],
  first_in: null,
  last_out: null,
  required_minutes: 450,
  effective_minutes: 0,
  absent_minutes: 0,
  used: [],
  not_used: [],
  rules: [],
  missing: [],
  pending: [],
  steps,
  ...said,
});

test("a holiday as a reason and a day that is one are two steps", () => {
  expect(wordOf(step("plan.holiday", { id: "h1" }))).toBe("plan_holiday");
  expect(wordOf(step("plan.holiday", { required_minutes: 0 }))).toBe("planned_holiday");
  expect(wordOf(step("plan.never_heard_of"))).toBeNull();
  expect(stepWords(step("plan.never_heard_of"), telling)).toContain("plan.never_heard_of");
});

test("values are said as people say them", () => {
  expect(stepWords(LATE, telling)).toBe(
    "Paling lambat masuk 07.30 WIB, terlambat 13 menit: pita TL1 (1–30 menit), potongan 0,5%.",
  );
  expect(stepWords(step("plan.pattern", { id: "p1@2026-01-01" }), telling)).toContain("“Lima hari kerja”");
  expect(stepWords(step("shift.absent", { minutes: 450, closes: "2026-11-03T21:00:00Z" }), telling)).toBe(
    "Tidak ada presensi sampai jadwal berakhir: tidak hadir 7 jam 30 menit jam kerja.",
  );
  expect(stepWords(step("shift.pending", { closes: "2026-11-03T21:00:00Z" }), telling)).toContain("Rab, 4 Nov 2026");
  const { band_to: _, ...open } = LATE.values ?? {};
  expect(stepWords({ ...LATE, values: { ...open, band_from: 91 } }, telling)).toContain("91 menit atau lebih");
  expect(lengthWords(0, telling.t)).toBe("0 menit");
  expect(lengthWords(120, telling.t)).toBe("2 jam");
});

test("what costs something comes first, with what would have been enough and the article", () => {
  expect(leadOf(day("present", [LATE]), "Anda", telling)).toEqual([
    {
      shape: "warning",
      text: "Anda terlambat 13 menit: pita TL1, potongan 0,5%.",
      remedy: "Masuk 13 menit lebih awal, tidak ada potongan.",
      article: "Permentan 68/2012",
    },
  ]);
  const running = leadOf(day("pending", [LATE], { first_in: "2026-11-03T00:43:00Z" }), "Anda", telling);
  expect(running.map(({ shape }) => shape)).toEqual(["warning", "waiting"]);
  expect(leadOf(day("present", []), "Anda", telling)[0]?.text).toBe("Anda hadir sesuai jadwal.");
  const excuse = step("excuse", { kind: "leave", label: "Cuti tahunan" });
  expect(leadOf(day("leave", [excuse]), "Budi", telling)[0]?.text).toBe("Budi cuti: Cuti tahunan.");
});

test("nothing in a sentence is left unfilled", () => {
  const at = "2026-11-03T01:00:00Z";
  const values = { id: "x", kind: "leave", label: "l", shift: "s", starts: at, ends: at, opens: at, closes: at };
  const more = { at, due: at, left: at, back: at, since: at, until: at, role: "in", said: "unknown", band: "TL4" };
  const numbers = { band_from: 91, percent: "2", to_none: 1, minutes: 5, required_minutes: 1, break_minutes: 0 };
  const all = { ...values, ...more, ...numbers, flexible_minutes: 0 };
  const codes = Object.keys(i18next.getResource("id", "translation", "step") as object);
  for (const key of codes) {
    const code = key.replace(/^plan(ned)?_/, "plan.").replace(/^(shift|day)_/, "$1.");
    expect(stepWords(step(code, all), telling), key).not.toMatch(/\{\{|undefined|NaN/);
  }
});
