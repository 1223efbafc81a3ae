import { useEffect, useState } from "react";
import { clockWithSeconds } from "../format/time";
import { useWords } from "../i18n";
import { useNow } from "../live/useNow";
import { QrPicture } from "../qr/QrPicture";
import { useAgency } from "../shell/agency";
import { useTitle } from "../shell/useTitle";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { addressOf, type KioskSecret, kept, keyOf, STEP_SECONDS } from "./code";
import classes from "./kiosk.module.css";
import { askTime, serverNow } from "./serverTime";

const SECOND = 1_000;
const ASK_EVERY = 5 * 60_000;

/** The screen at a site: a code that changes every half minute. Nobody is signed in here, and nothing is personal. */
export function KioskPage() {
  const { t } = useWords();
  const [kiosk] = useState(kept);
  useTitle(kiosk?.site_name ?? t("kiosk.title"), "kiosk", true);
  if (kiosk === null) {
    return (
      <main className={classes.screen}>
        <Notice page title={t("kiosk.noneTitle")}>
          <p>{t("kiosk.noneText")}</p>
        </Notice>
      </main>
    );
  }
  return <Screen kiosk={kiosk} />;
}

function Screen({ kiosk }: { kiosk: KioskSecret }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  useNow(SECOND);
  const [sure, setSure] = useState(true);
  useEffect(() => {
    const ask = () => askTime().then(setSure);
    void ask();
    const timer = setInterval(ask, ASK_EVERY);
    return () => clearInterval(timer);
  }, []);
  const now = serverNow();
  const left = STEP_SECONDS - (Math.floor(now / SECOND) % STEP_SECONDS);
  const address = useCode(kiosk, Math.floor(now / SECOND / STEP_SECONDS));
  return (
    <main className={classes.screen}>
      <h1>{kiosk.site_name}</h1>
      <p className={classes.say}>{t("kiosk.say")}</p>
      {address === null ? (
        <div className={classes.code} />
      ) : (
        <QrPicture className={classes.code} text={address} label={t("kiosk.picture")} />
      )}
      <p className={classes.foot}>
        <span data-number>{clockWithSeconds(new Date(now).toISOString(), zone, language)}</span>
        <span>{t("kiosk.next", { count: left })}</span>
        {!sure && (
          <span role="status">
            <Glyph shape="warning" size="1em" /> {t("kiosk.offline")}
          </span>
        )}
      </p>
    </main>
  );
}

/** The address of the present step; null until the first is worked out. */
function useCode(kiosk: KioskSecret, step: number): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    keyOf(kiosk.key)
      .then((key) => addressOf(kiosk, key, step * STEP_SECONDS * SECOND, location.origin))
      .then((found) => {
        if (!gone) setAddress(found);
      });
    return () => {
      gone = true;
    };
  }, [kiosk, step]);
  return address;
}
