import { Button, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useWords } from "../i18n";

export function SchemeSwitch() {
  const { t } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  return (
    <Button
      variant="default"
      aria-label={dark ? t("scheme.toLight") : t("scheme.toDark")}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? t("scheme.light") : t("scheme.dark")}
    </Button>
  );
}
