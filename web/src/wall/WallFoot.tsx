import type { Presence } from "../api/types";
import { integer } from "../format/number";
import { clockWithSeconds, zoneName } from "../format/time";
import { useWords } from "../i18n";
import type { LiveView } from "../live/useLive";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import classes from "./wall.module.css";

/** How fresh and how whole: always there, loud only when it matters. */
export function WallFoot({ board, status }: { board: Presence; status: LiveView["status"] }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { complete_to } = board.freshness;
  const { devices_silent, devices_never_seen, devices_total } = board.completeness;
  return (
    <p className={classes.state}>
      <span>
        <Glyph shape={status === "live" ? "full" : "warning"} size="0.8em" /> {t(`live.${status}`)}
      </span>
      <span className="quiet">
        {complete_to === null
          ? t("freshness.none")
          : t("freshness.complete", {
              time: `${clockWithSeconds(complete_to, zone, language)} ${zoneName(zone, complete_to)}`,
            })}
      </span>
      {devices_silent > 0 && (
        <span className={classes.caution}>
          <Glyph shape="warning" size="0.9em" />{" "}
          {t("freshness.silent", {
            silent: integer(devices_silent, language),
            total: integer(devices_total, language),
          })}
        </span>
      )}
      {devices_never_seen > 0 && (
        <span className="quiet">
          <Glyph shape="hollow" size="0.8em" />{" "}
          {t("freshness.neverSeen", { count: devices_never_seen, number: integer(devices_never_seen, language) })}
        </span>
      )}
    </p>
  );
}
