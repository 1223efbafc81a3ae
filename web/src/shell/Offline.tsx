import { useNetwork } from "@mantine/hooks";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./shell.module.css";
import { usePlace } from "./usePlace";

/** One line for all pages when the browser has no network. The board says it itself, with the time of its figures. */
export function Offline() {
  const { t } = useWords();
  const { online } = useNetwork();
  const { path } = usePlace();
  const silent = online || path === "/";
  return (
    <div role="status" className={silent ? undefined : classes.offline}>
      {!silent && (
        <>
          <Glyph shape="wrong" size={16} /> {t("frame.offline")}
        </>
      )}
    </div>
  );
}
