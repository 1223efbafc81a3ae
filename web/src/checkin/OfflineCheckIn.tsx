import { useState } from "react";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { CheckInButton } from "./CheckInButton";
import classes from "./checkin.module.css";
import { owner } from "./owner";
import { useCheckIns } from "./useCheckIns";

/** The button for whoever checked in here last, while the sign-in cannot be reached: it is sent after signing in. */
export function OfflineCheckIn() {
  const [known] = useState(owner);
  return known === null ? null : <Press employeeId={known.employeeId} name={known.name} />;
}

function Press({ employeeId, name }: { employeeId: string; name: string }) {
  const { t } = useWords();
  const { zone } = useAgency();
  const checkins = useCheckIns(employeeId, false);
  const kind = checkins.waiting.some((item) => item.body.kind === "check_in") ? "check_out" : "check_in";
  return (
    <section className={classes.offline}>
      <h2>{t("checkin.offlineTitle", { name })}</h2>
      <p className="quiet">{t("checkin.offlineText")}</p>
      <CheckInButton checkins={checkins} kind={kind} qr={null} zone={zone} />
    </section>
  );
}
