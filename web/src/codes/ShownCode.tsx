import type { IssuedCode } from "../api/feedback";
import { dayAndClock, localDate, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useNow } from "../live/useNow";
import { QrPicture } from "../qr/QrPicture";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import classes from "./codes.module.css";

const EVERY = 10_000;

/** The picture, the code in letters that can be read out, and until when it can be used. */
export function ShownCode({ code }: { code: IssuedCode }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const now = useNow(EVERY);
  const over = Date.parse(code.expires_at) <= now;
  const sameDay = localDate(code.expires_at, zone) === localDate(new Date(now).toISOString(), zone);
  const time = (sameDay ? zonedClock : dayAndClock)(code.expires_at, zone, language);
  return (
    <>
      <QrPicture className={classes.picture} text={location.origin + code.path} label={t("codes.picture")} />
      <p className={classes.code} data-testid="code">
        {code.code}
      </p>
      <p role="status">
        {over ? (
          <>
            <Glyph shape="warning" /> {t("codes.over")}
          </>
        ) : (
          t("codes.until", { time })
        )}
      </p>
    </>
  );
}
