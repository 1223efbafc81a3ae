import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useWords } from "../i18n";
import classes from "./notes.module.css";

/** What a button opens: from below on a phone, within the thumb's reach, else at the side. */
export function Sheet(props: { title: string; opened: boolean; close: () => void; children: React.ReactNode }) {
  const { t } = useWords();
  const narrow = useMediaQuery("(max-width: 767px)", undefined, { getInitialValueInEffect: false });
  const { title, opened, close, children } = props;
  return (
    <Drawer.Root opened={opened} onClose={close} position={narrow ? "bottom" : "right"} size={narrow ? "auto" : 440}>
      <Drawer.Overlay />
      <Drawer.Content className={classes.sheet}>
        <Drawer.Body>
          {/* Not Drawer.Header: to a screen reader that would be a second header of the page. */}
          <div className={classes.sheetTop}>
            <Drawer.Title>{title}</Drawer.Title>
            <Drawer.CloseButton aria-label={t("notes.close")} size="lg" />
          </div>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
