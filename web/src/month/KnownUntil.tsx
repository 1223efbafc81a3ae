import { dayAndClock, localDate, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useNow } from "../live/useNow";
import { Glyph } from "../states/Glyph";
import classes from "./month.module.css";

const MINUTE = 60_000;
/** Where nothing becomes due the clock of attendance moves every ten minutes; later it is behind. */
const BEHIND = 20 * MINUTE;

/** Up to when what happened is known, and whether that is long ago. */
export function KnownUntil({ at, zone }: { at: string; zone: string }) {
  const { t, language } = useWords();
  const now = useNow(MINUTE);
  const known = Date.parse(at);
  if (known === 0) return <p className="quiet">{t("month.notKnown")}</p>;
  const same = localDate(at, zone) === localDate(new Date(now).toISOString(), zone);
  const time = same ? zonedClock(at, zone, language) : dayAndClock(at, zone, language);
  return (
    <p className={classes.known}>
      {now - known > BEHIND ? (
        <span role="status">
          <Glyph shape="warning" /> {t("month.behind", { time })}
        </span>
      ) : (
        <span className="quiet">{t("month.known", { time })}</span>
      )}
    </p>
  );
}
