import type { ReactNode } from "react";
import type { Punch } from "../api/types";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import classes from "./mine.module.css";

/** How a punch came in, as its event says. */
const WAYS = ["terminal", "file", "app"] as const;

interface Props {
  punches: readonly Punch[];
  /** What stands below a punch, where something does; `time` is that of the punch as shown. */
  below?: (punch: Punch, time: string) => ReactNode;
}

/** The punches of a day, and what became of those that were doubted. */
export function Punches({ punches, below }: Props) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const clockOf = (punch: Punch) => zonedClock(punch.at, punch.site?.zone ?? zone, language);
  const way = (source: string) => t(`mine.${WAYS.find((one) => one === source) ?? "other"}`);
  return (
    <section className={classes.record}>
      <h2>{t("mine.punches")}</h2>
      <ul className={classes.punches}>
        {punches.map((punch) => (
          <li key={punch.punch_id}>
            <span data-number>{clockOf(punch)}</span>
            <div>
              {punch.site?.name} <span className="quiet">· {way(punch.source)}</span>
              {punch.review === "open" && (
                <>
                  <br />
                  <Glyph shape="waiting" /> {t("mine.review.open")}
                </>
              )}
              {punch.review === "rejected" && (
                <>
                  <br />
                  <Glyph shape="wrong" /> {t("mine.review.rejected")}
                </>
              )}
              {below?.(punch, clockOf(punch))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
