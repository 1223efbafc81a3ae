import { Button } from "@mantine/core";
import { useWords } from "../i18n";
import type { LiveView } from "../live/useLive";
import { Glyph, type Shape } from "../states/Glyph";
import classes from "./board.module.css";

const SHAPE: Record<LiveView["status"], Shape> = {
  live: "full",
  connecting: "hollow",
  paused: "waiting",
  stale: "warning",
  offline: "wrong",
};

/** Says whether the screen moves, and lets the reader hold it still (WCAG 2.2.2). */
export function LiveStatus(props: { status: LiveView["status"]; paused: boolean; onPause: (paused: boolean) => void }) {
  const { t } = useWords();
  return (
    <span className={classes.live}>
      <span className={classes.status} role="status">
        <Glyph shape={SHAPE[props.status]} /> {t(`live.${props.status}`)}
      </span>
      <Button variant="subtle" size="compact-md" onClick={() => props.onPause(!props.paused)}>
        {props.paused ? t("live.resume") : t("live.pause")}
      </Button>
    </span>
  );
}
