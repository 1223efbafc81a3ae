/** Numbers as the state writes them: `1.234,5` (id), `1,234.5` (en). Missing is not zero. */

import type { Language } from "./time";

const LOCALE: Record<Language, string> = { id: "id-ID", en: "en-GB" };

const whole: Record<Language, Intl.NumberFormat> = {
  id: new Intl.NumberFormat(LOCALE.id, { maximumFractionDigits: 0 }),
  en: new Intl.NumberFormat(LOCALE.en, { maximumFractionDigits: 0 }),
};

const tenth: Record<Language, Intl.NumberFormat> = {
  id: new Intl.NumberFormat(LOCALE.id, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat(LOCALE.en, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
};

export function integer(value: number, language: Language): string {
  return whole[language].format(value);
}

const hundredth: Record<Language, Intl.NumberFormat> = {
  id: new Intl.NumberFormat(LOCALE.id, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat(LOCALE.en, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
};

/** A mean of stars, as the API tells it: `4,38` (id), `4.38` (en). */
export function stars(value: string, language: Language): string {
  return hundredth[language].format(Number(value));
}

const halves: Record<Language, Intl.NumberFormat> = {
  id: new Intl.NumberFormat(LOCALE.id, { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat(LOCALE.en, { maximumFractionDigits: 1 }),
};

/** Days as the API tells them, in halves: `4`, `2,5` (id), `2.5` (en); below zero with a true minus. */
export function dayCount(value: string, language: Language): string {
  return halves[language].format(Number(value)).replace("-", "−");
}

/** A decimal as the API tells it, with its own digits, at most two: `0,5` (id), `0.5` (en). */
export function decimal(value: string, language: Language): string {
  return upToHundredths[language].format(Number(value));
}

const upToHundredths: Record<Language, Intl.NumberFormat> = {
  id: new Intl.NumberFormat(LOCALE.id, { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat(LOCALE.en, { maximumFractionDigits: 2 }),
};

/** With a sign, for differences: `+12`, `−3` (a true minus). */
export function signed(value: number, language: Language): string {
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${whole[language].format(Math.abs(value))}`;
}

/** Share of a whole, 0…1; null where there is nothing to be a share of. */
export function share(part: number, of: number): number | null {
  return of > 0 ? part / of : null;
}

/** `91,9%` (id) or `91.9%` (en). Never rounded to 100 or to 0: one missing is not "all", one present is not "none". */
export function percent(value: number, language: Language): string {
  if (value > 0 && value < 0.001) return `< ${tenth[language].format(0.1)}%`;
  const tenths = value < 1 ? Math.min(99.9, Math.floor(value * 1000 + 1e-9) / 10) : 100;
  return `${tenths === 100 ? "100" : tenth[language].format(tenths)}%`;
}
