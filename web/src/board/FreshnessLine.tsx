import { Link } from "wouter";
import type { Presence } from "../api/types";
import { integer } from "../format/number";
import { clockWithSeconds, zoneName } from "../format/time";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { Glyph } from "../states/Glyph";
import classes from "./board.module.css";

/**
 * How sure the numbers are: complete to when, and which terminals are not heard. Says nothing that is well. A terminal
 * that fell silent is a warning; one that was never connected is only worth knowing, and comes last.
 */
export function FreshnessLine({ board }: { board: Presence }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { search } = usePlace();
  const { complete_to } = board.freshness;
  const { devices_total, devices_silent, devices_never_seen, devices_pending, incomplete_employees } =
    board.completeness;
  return (
    <>
      <span className="quiet">
        {complete_to === null
          ? t("freshness.none")
          : t("freshness.complete", {
              time: `${clockWithSeconds(complete_to, zone, language)} ${zoneName(zone, complete_to)}`,
            })}
      </span>
      {devices_silent > 0 && (
        <Link className={classes.caution} href={href("/mesin", {}, search)}>
          <Glyph shape="warning" size={14} />
          {t("freshness.silent", {
            silent: integer(devices_silent, language),
            total: integer(devices_total, language),
          })}
        </Link>
      )}
      {devices_pending > 0 && (
        <Link className={classes.caution} href={href("/mesin", { state: "pending" }, search)}>
          <Glyph shape="waiting" size={12} />
          {t("freshness.pending", { pending: integer(devices_pending, language) })}
        </Link>
      )}
      {incomplete_employees > 0 && (
        <span className={classes.caution}>
          <Glyph shape="warning" size={14} />
          {t("freshness.incomplete", {
            count: incomplete_employees,
            number: integer(incomplete_employees, language),
          })}
        </span>
      )}
      {devices_never_seen > 0 && (
        <Link className={classes.aside} href={href("/mesin", { state: "never_seen" }, search)}>
          <Glyph shape="hollow" size={12} />
          {t("freshness.neverSeen", { count: devices_never_seen, number: integer(devices_never_seen, language) })}
        </Link>
      )}
    </>
  );
}
