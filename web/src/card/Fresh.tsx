import type { Freshness } from "../api/types";
import { clockWithSeconds, zoneName } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import classes from "./card.module.css";

/** Up to when every source is in, and whether a record is lacking. */
export function Fresh({ freshness, lacking }: { freshness: Freshness; lacking: number }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { complete_to } = freshness;
  return (
    <p className={classes.fresh}>
      <span className="quiet">
        {complete_to === null
          ? t("card.completeUnknown")
          : t("card.complete", {
              time: `${clockWithSeconds(complete_to, zone, language)} ${zoneName(zone, complete_to)}`,
            })}
      </span>
      {lacking > 0 && (
        <span>
          <Glyph shape="warning" size={13} /> {t("card.lacking", { count: lacking })}
        </span>
      )}
    </p>
  );
}
