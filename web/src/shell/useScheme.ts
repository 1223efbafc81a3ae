import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useWords } from "../i18n";

/** The other colour scheme: its word, and the change to it. */
export function useScheme() {
  const { t } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  return {
    change: () => setColorScheme(dark ? "light" : "dark"),
    word: dark ? t("scheme.light") : t("scheme.dark"),
    label: dark ? t("scheme.toLight") : t("scheme.toDark"),
  };
}
