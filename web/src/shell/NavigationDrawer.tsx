import { Drawer } from "@mantine/core";
import { useEffect, useState } from "react";
import { useWords } from "../i18n";
import { LanguageSwitch } from "./LanguageSwitch";
import { Navigation } from "./Navigation";
import classes from "./shell.module.css";

/** The navigation of a narrow screen; it holds the focus until it closes. */
export function NavigationDrawer({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useWords();
  // It is fetched by the press that opens it, and must see itself open to know where the focus came from.
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(opened), [opened]);
  return (
    <Drawer.Root opened={open} onClose={close} size={300}>
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Body>
          {/* Not Drawer.Header: to a screen reader that would be a second header of the page. */}
          <div className={classes.drawerTop}>
            <Drawer.Title>{t("nav.label")}</Drawer.Title>
            <Drawer.CloseButton aria-label={t("nav.close")} size="lg" />
          </div>
          <nav aria-label={t("nav.label")} className={classes.drawer}>
            <Navigation chosen={close} />
          </nav>
          <div className={classes.narrow}>
            <LanguageSwitch />
          </div>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
