import type { Correction } from "../api/corrections";
import { clock, day, localDate, zonedClock } from "../format/time";
import { useWords } from "../i18n";

/** `Presensi masuk 07.25 WIB · Balai Kota`, `Tugas luar 08.00–10.00 WIB`, `Dinas sepanjang hari`. */
export function useClaimed(): (one: Correction) => string {
  const { t, language } = useWords();
  return ({ what, direction, at, since, until, site, zone, date }) => {
    if (at !== null && direction !== null) {
      const on = localDate(at, zone);
      const when = `${zonedClock(at, zone, language)}${on === date ? "" : `, ${day(on, language)}`}`;
      return [`${t(`correctionPunch.${direction}`)} ${when}`, ...(site === null ? [] : [site.name])].join(" · ");
    }
    const name = t(`correctionWhat.${what}`);
    if (since === null || until === null) return `${name}, ${t("correction.wholeDay")}`;
    return `${name} ${clock(since, zone, language)}–${zonedClock(until, zone, language)}`;
  };
}
