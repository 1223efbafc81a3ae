import { Button, Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useWords } from "../i18n";
import classes from "./shell.module.css";

function useScheme() {
  const { t } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  return {
    change: () => setColorScheme(dark ? "light" : "dark"),
    word: dark ? t("scheme.light") : t("scheme.dark"),
    label: dark ? t("scheme.toLight") : t("scheme.toDark"),
  };
}

export function SchemeSwitch() {
  const { change, word, label } = useScheme();
  return (
    <Button className={classes.roomy} variant="default" aria-label={label} onClick={change}>
      {word}
    </Button>
  );
}

/** The same in a menu, for screens whose header has no room for the button. */
export function SchemeItem() {
  const { change, word, label } = useScheme();
  return (
    <Menu.Item className={classes.narrow} aria-label={label} onClick={change}>
      {word}
    </Menu.Item>
  );
}
