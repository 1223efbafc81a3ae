import { Button } from "@mantine/core";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./checkin.module.css";
import { remove, type Waiting } from "./queue";
import { withoutCode } from "./sending";
import type { CheckIns } from "./useCheckIns";

/** What was pressed and has not arrived: safe on this phone, or refused with the way out. */
export function WaitingList({ checkins, zone }: { checkins: CheckIns; zone: string }) {
  const { t, language } = useWords();
  if (checkins.waiting.length === 0) return null;
  return (
    <ul className={classes.waiting} aria-label={t("checkin.waiting")}>
      {checkins.waiting.map((item) => (
        <li key={item.body.client_event_id}>
          <span>
            <Glyph shape={item.refused === null ? "waiting" : "wrong"} size={14} /> {t(`checkin.${item.body.kind}`)}{" "}
            {zonedClock(new Date(item.captured.wall).toISOString(), zone, language)}
          </span>
          {item.refused === null ? (
            <span className="quiet">{t("checkin.safe")}</span>
          ) : (
            <Refused item={item} send={checkins.send} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Refused({ item, send }: { item: Waiting; send: () => void }) {
  const { t } = useWords();
  return (
    <>
      <span role="alert">{item.refused}</span>
      <span className={classes.choices}>
        {item.body.qr !== null && item.body.qr !== undefined && (
          <Button variant="default" onClick={() => withoutCode(item).then(send)}>
            {t("checkin.withoutCode")}
          </Button>
        )}
        <Button variant="default" onClick={() => remove(item.body.client_event_id)}>
          {t("checkin.discard")}
        </Button>
      </span>
    </>
  );
}
