import type { Terminal } from "../api/attendance";
import type { Device } from "../api/types";
import { integer } from "../format/number";
import { day, dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import classes from "./terminal.module.css";
import { useDeviceWords } from "./useDeviceWords";

/** What was heard of it: contact, clock, and what it says of itself. */
export function Heard(props: { terminal: Terminal; device: Device | undefined; asOf: string | undefined }) {
  const { t, language } = useWords();
  const when = useWhen();
  const { terminal, device, asOf } = props;
  const { state } = terminal;
  return (
    <section className={classes.section}>
      <h2>{t("terminal.heard")}</h2>
      <dl className={classes.facts}>
        <dt>{t("terminal.lastSeen")}</dt>
        <dd>{when(state.last_seen)}</dd>
        <dt>{t("terminal.lastPoll")}</dt>
        <dd>{when(state.last_poll)}</dd>
        <dt>{t("terminals.punch")}</dt>
        <dd>{when(device?.last_punch_at ?? state.last_punch)}</dd>
        {device !== undefined && asOf !== undefined && <Drift device={device} asOf={asOf} />}
        <dt>{t("terminal.address")}</dt>
        <dd>{state.address || t("terminals.unknown")}</dd>
        <dt>{t("terminal.model")}</dt>
        <dd>{[state.model, state.firmware].filter(Boolean).join(" · ") || t("terminals.unknown")}</dd>
        <dt>{t("terminal.users")}</dt>
        <dd>{state.users == null ? t("terminals.unknown") : integer(state.users, language)}</dd>
      </dl>
    </section>
  );
}

function Drift({ device, asOf }: { device: Device; asOf: string }) {
  const { t } = useWords();
  const { drift } = useDeviceWords(device, asOf);
  return (
    <>
      <dt>{t("terminals.drift")}</dt>
      <dd>{drift}</dd>
    </>
  );
}

/** How it is registered. */
export function Registered({ terminal }: { terminal: Terminal }) {
  const { t, language } = useWords();
  const when = useWhen();
  return (
    <section className={classes.section}>
      <h2>{t("terminal.registered")}</h2>
      <dl className={classes.facts}>
        <dt>{t("terminal.serial")}</dt>
        <dd className={classes.serial}>{terminal.serial}</dd>
        <dt>{t("terminals.site")}</dt>
        <dd>{terminal.site?.name ?? t("terminals.noSite")}</dd>
        <dt>{t("terminal.firstSeen")}</dt>
        <dd>{when(terminal.first_seen)}</dd>
        <dt>{t("terminal.approved")}</dt>
        <dd>{when(terminal.approved_at)}</dd>
        <dt>{t("terminal.goLive")}</dt>
        <dd>{terminal.go_live === null ? t("terminals.unknown") : day(terminal.go_live, language)}</dd>
        <dt>{t("terminal.space")}</dt>
        <dd className={classes.serial}>{terminal.pin_space}</dd>
        <dt>{t("terminal.token")}</dt>
        <dd>{t(terminal.token_required ? "terminal.tokenRequired" : "terminal.tokenOptional")}</dd>
      </dl>
    </section>
  );
}

function useWhen() {
  const { t, language } = useWords();
  const { zone } = useAgency();
  return (at: string | null | undefined) => (at == null ? t("terminals.unknown") : dayAndClock(at, zone, language));
}
