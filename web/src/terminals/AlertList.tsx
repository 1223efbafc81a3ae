import { Button } from "@mantine/core";
import { useState } from "react";
import { type Alert, attendanceKeys, closeAlert } from "../api/attendance";
import { keys } from "../api/queries";
import { dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import { WordsForm } from "../states/WordsForm";
import { isCause } from "./attention";
import classes from "./terminal.module.css";

/** Open alerts of a terminal. Most close by themselves; an event such as an opened case waits for a person's word. */
export function AlertList({ alerts }: { alerts: readonly Alert[] }) {
  const { t } = useWords();
  if (alerts.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2>{t("terminal.alerts")}</h2>
      <ul className={classes.list}>
        {alerts.map((alert) => (
          <Row key={alert.id} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function Row({ alert }: { alert: Alert }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const [closing, setClosing] = useState(false);
  return (
    <li>
      <div className={classes.command}>
        <span className={classes.what}>
          <Glyph shape="warning" /> <strong>{t(`alert.${isCause(alert.kind) ? alert.kind : "other"}`)}</strong>{" "}
          <span className="quiet">{t("terminal.since", { time: dayAndClock(alert.since, zone, language) })}</span>
        </span>
        {person.roles.includes("operator") && !closing && (
          <Button variant="default" onClick={() => setClosing(true)}>
            {t("terminal.closeAlert")}
          </Button>
        )}
      </div>
      {alert.detail !== "" && <p>{alert.detail}</p>}
      {closing && <Close id={alert.id} close={() => setClosing(false)} />}
    </li>
  );
}

function Close({ id, close }: { id: string; close: () => void }) {
  const { t } = useWords();
  return (
    <WordsForm
      title={t("terminal.closeAlert")}
      label={t("terminal.note")}
      hint={t("terminal.noteHint")}
      most={500}
      submit={t("terminal.closeNow")}
      send={(note) => closeAlert(id, note)}
      changed={[attendanceKeys.all, [...keys.all, "devices"]]}
      close={close}
    />
  );
}
