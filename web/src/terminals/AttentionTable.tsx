import type { Device } from "../api/types";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { type Cause, SHAPE } from "./attention";
import { TerminalLink } from "./TerminalLink";
import classes from "./terminals.module.css";
import { useDeviceWords } from "./useDeviceWords";

export function AttentionTable(props: { rows: readonly { device: Device; causes: Cause[] }[]; asOf: string }) {
  const { t } = useWords();
  return (
    <table className={classes.table}>
      <caption className="hidden">{t("terminals.attention")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("terminals.state")}</th>
          <th scope="col">{t("terminals.name")}</th>
          <th scope="col">{t("terminals.cause")}</th>
          <th scope="col">{t("terminals.seen")}</th>
          <th scope="col">{t("terminals.punch")}</th>
          <th scope="col" data-number>
            {t("terminals.drift")}
          </th>
          <th scope="col" data-number>
            {t("terminals.records")}
          </th>
          <th scope="col" data-number>
            {t("terminals.quarantine")}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ device, causes }) => (
          <Row key={device.device_id} device={device} causes={causes} asOf={props.asOf} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ device, causes, asOf }: { device: Device; causes: Cause[]; asOf: string }) {
  const { t } = useWords();
  const words = useDeviceWords(device, asOf);
  const label = (text: string) => <span className={classes.label}>{text}: </span>;
  return (
    <tr>
      <td className={classes.state}>
        <Glyph shape={SHAPE[device.state]} size={14} /> {t(`terminals.${device.state}`)}
      </td>
      <th scope="row">
        <TerminalLink device={device} />
        <span className="quiet">
          {device.serial} · {words.site}
        </span>
      </th>
      <td className={classes.cause}>
        {causes.map((cause) => (
          <span key={cause}>{t(`alert.${cause}`)}</span>
        ))}
      </td>
      <td>
        {label(t("terminals.seen"))}
        {words.seen ?? t("terminals.unknown")}
      </td>
      <td>
        {label(t("terminals.punch"))}
        {words.punchAgo ?? t("terminals.unknown")}
      </td>
      <td data-number>
        {label(t("terminals.drift"))}
        {words.drift}
      </td>
      <td data-number>
        {label(t("terminals.records"))}
        {words.stored}&nbsp;/&nbsp;{words.held}
        {words.missing !== null && <span className={classes.missing}>{words.missing}</span>}
      </td>
      <td data-number className={words.quarantine === null ? classes.nothing : undefined}>
        {words.quarantine !== null && label(t("terminals.quarantine"))}
        {words.quarantine}
      </td>
    </tr>
  );
}
