import type { Device } from "../api/types";
import { integer, signed } from "../format/number";
import { age, secondsBetween, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { missing } from "./attention";

/** What is said of a terminal, in words; `asOf` is the server's clock when it said so. */
export function useDeviceWords(device: Device, asOf: string) {
  const { t, language } = useWords();
  const agency = useAgency();
  const ago = (at: string | null) => {
    if (at === null) return null;
    const { unit, count } = age(secondsBetween(at, asOf));
    return t("age.ago", { age: t(`age.${unit}`, { count }) });
  };
  const gap = missing(device) ?? 0;
  const at = device.last_punch_at;
  const stored = integer(device.stored, language);
  return {
    /** Stored and nothing missing, or how far that is known. */
    whole: device.held === null ? t("terminals.stored", { number: stored }) : t("terminals.whole", { number: stored }),
    site: device.site?.name ?? t("terminals.noSite"),
    seen: ago(device.last_seen),
    punch: at === null ? null : zonedClock(at, device.site?.zone ?? agency.zone, language),
    punchAgo: ago(at),
    drift:
      device.drift_seconds === null
        ? t("terminals.unknown")
        : t("terminals.seconds", { number: signed(device.drift_seconds, language) }),
    stored,
    held: device.held === null ? t("terminals.unknown") : integer(device.held, language),
    missing: gap === 0 ? null : t("terminals.missing", { number: integer(gap, language) }),
    quarantine:
      device.quarantined === 0
        ? null
        : t("terminals.lines", { count: device.quarantined, number: integer(device.quarantined, language) }),
  };
}
