import type { Case, Outage } from "../api/outages";
import { integer } from "../format/number";
import { dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { lengthWords } from "../month/steps";

/** An outage and what it may have spoiled, in words. */
export function useOutageWords() {
  const { t, language } = useWords();
  const number = (value: number) => integer(value, language);
  return {
    number,
    where: ({ scope, site_name, terminal_name, serial }: Outage) =>
      scope === "system" ? t("outageScope.system") : scope === "site" ? site_name : `${terminal_name} (${serial})`,
    period: ({ since, until, zone }: Outage) =>
      t("outage.period", {
        since: dayAndClock(since, zone, language),
        until: until === null ? t("outage.ongoing") : dayAndClock(until, zone, language),
      }),
    waiting: ({ pending_days, pending_people, pending_minutes }: Outage) =>
      pending_days === 0
        ? t("outage.nobody")
        : t("outage.waitingFor", {
            people: number(pending_people),
            days: number(pending_days),
            minutes: number(pending_minutes),
          }),
    held: ({ late_minutes, early_minutes, absent_minutes, missing_scan }: Case) =>
      [
        late_minutes > 0 ? t("outage.lateBy", { minutes: lengthWords(late_minutes, t) }) : null,
        early_minutes > 0 ? t("outage.earlyBy", { minutes: lengthWords(early_minutes, t) }) : null,
        absent_minutes > 0 ? t("outage.absentFor", { minutes: lengthWords(absent_minutes, t) }) : null,
        missing_scan ? t("outage.scanMissing") : null,
      ]
        .filter((part) => part !== null)
        .join(", ") || "–",
  };
}
