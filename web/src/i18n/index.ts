/** Indonesian first, complete English second. Keys are checked by the compiler and by `scripts/check-i18n.mjs`. */

import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Language } from "../format/time";
import id from "./id.json";
import type ofPages from "./id.pages.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof id & typeof ofPages };
  }
}

const STORED = "kinerja-language";

/**
 * The Indonesian of what comes with the app comes with it too (`id.json`), so that a phone at the door waits for one
 * answer less; that of the other pages with the first of them (`loadPageWords`), English for who reads it.
 */
async function load(language: Language): Promise<void> {
  if (language === "id" || i18next.hasResourceBundle(language, "translation")) return;
  i18next.addResourceBundle(language, "translation", (await import("./en.json")).default);
}

/** What every page but the first needs of Indonesian; asked for once, and again when it did not come. */
export async function loadPageWords(): Promise<void> {
  if (i18next.getResource("id", "translation", "home") !== undefined) return;
  const { default: words } = await import("./id.pages.json");
  i18next.addResourceBundle("id", "translation", words, true);
}

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
  await i18next.use(initReactI18next).init({
    lng: "id",
    fallbackLng: false,
    resources: { id: { translation: id } },
    interpolation: { escapeValue: false }, // React escapes
  });
  i18next.on("languageChanged", (name) => remember(name as Language));
  await setLanguage(language);
}

/** The translator and the language to write numbers and times in. */
export function useWords() {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.language as Language };
}

export type Translate = ReturnType<typeof useWords>["t"];

export async function setLanguage(language: Language): Promise<unknown> {
  await load(language);
  return i18next.changeLanguage(language);
}
