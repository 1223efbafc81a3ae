/** Indonesian first, complete English second. Keys are checked by the compiler and by `scripts/check-i18n.mjs`. */

import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Language } from "../format/time";
import en from "./en.json";
import id from "./id.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof id };
  }
}

const STORED = "kinerja-language";

export function storedLanguage(): Language | null {
  try {
    const value = localStorage.getItem(STORED);
    return value === "id" || value === "en" ? value : null;
  } catch {
    return null; // storage is blocked: nothing was ever stored
  }
}

function remember(language: Language): void {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

export async function startLanguage(language: Language): Promise<void> {
  i18next.on("languageChanged", (name) => remember(name as Language));
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { id: { translation: id }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
  });
}

/** The translator and the language to write numbers and times in. */
export function useWords() {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.language as Language };
}

export type Translate = ReturnType<typeof useWords>["t"];

export function setLanguage(language: Language): Promise<unknown> {
  return i18next.changeLanguage(language);
}
