import { Button } from "@mantine/core";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import type { Kind } from "./capture";
import classes from "./checkin.module.css";
import type { CheckIns } from "./useCheckIns";
import { WaitingList } from "./WaitingList";

/** One big button, what it will do, and what became of it. */
export function CheckInButton(props: { checkins: CheckIns; kind: Kind; qr: string | null; zone: string }) {
  const { t } = useWords();
  const { checkins, kind, qr, zone } = props;
  const other: Kind = kind === "check_in" ? "check_out" : "check_in";
  const locating = checkins.state === "locating";
  return (
    <div className={classes.press}>
      <Button h={72} fz="1.25rem" fullWidth loading={locating} onClick={() => checkins.press(kind, qr)}>
        {t(`checkin.${kind}`)}
      </Button>
      <p className={classes.hint} role="status">
        {locating ? t("checkin.locating") : qr === null ? t("checkin.why") : t("checkin.withCode")}
      </p>
      {checkins.state === "failed" && (
        <p className={classes.wrong} role="alert">
          <Glyph shape="wrong" size={14} /> {t("checkin.notStored")}
        </p>
      )}
      <WaitingList checkins={checkins} zone={zone} />
      <Button variant="subtle" className={classes.other} disabled={locating} onClick={() => checkins.press(other, qr)}>
        {t(`checkin.${other}Instead`)}
      </Button>
    </div>
  );
}
