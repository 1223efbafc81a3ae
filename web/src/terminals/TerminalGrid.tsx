import type { Device } from "../api/types";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { SHAPE } from "./attention";
import { TerminalLink } from "./TerminalLink";
import classes from "./terminals.module.css";
import { useDeviceWords } from "./useDeviceWords";

/** Terminals that are well: enough to find one and see that it is, no more. */
export function TerminalGrid({ devices, asOf }: { devices: readonly Device[]; asOf: string }) {
  return (
    <ul className={classes.grid}>
      {devices.map((device) => (
        <Tile key={device.device_id} device={device} asOf={asOf} />
      ))}
    </ul>
  );
}

function Tile({ device, asOf }: { device: Device; asOf: string }) {
  const { t } = useWords();
  const words = useDeviceWords(device, asOf);
  return (
    <li>
      <span className={classes.tileHead}>
        <Glyph shape={SHAPE[device.state]} />
        <TerminalLink device={device} />
        <span className="hidden">{t(`terminals.${device.state}`)}</span>
      </span>
      {!device.name.includes(words.site) && (
        <span className="quiet" title={words.site}>
          {words.site}
        </span>
      )}
      {device.last_seen === null ? (
        <span className="quiet">{device.serial}</span>
      ) : (
        <>
          <span className="quiet">
            {words.seen} · {t("terminals.clock", { drift: words.drift })}
          </span>
          <span className="quiet">{words.whole}</span>
        </>
      )}
    </li>
  );
}
