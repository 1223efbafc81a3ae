import { SegmentedControl } from "@mantine/core";
import { useLocation, useSearch } from "wouter";
import type { Language } from "../format/time";
import { setLanguage, useWords } from "../i18n";

export function LanguageSwitch() {
  const { t, language } = useWords();
  const [path, navigate] = useLocation();
  const text = useSearch();

  const choose = (chosen: string) => {
    void setLanguage(chosen as Language);
    // A link sent from here opens in the same language.
    const search = new URLSearchParams(text);
    search.set("lang", chosen);
    navigate(`${path}?${search}`, { replace: true });
  };
  const option = (short: string, name: Language) => ({
    value: name,
    label: (
      <span lang={name}>
        <span aria-hidden="true">{short}</span>
        <span className="hidden">{t(`language.${name}`)}</span>
      </span>
    ),
  });
  return (
    <SegmentedControl
      aria-label={t("language.label")}
      value={language}
      onChange={choose}
      data={[option("ID", "id"), option("EN", "en")]}
    />
  );
}
