import type { ViewFreshness } from "../api/freshness";
import { integer } from "../format/number";
import { age, clockWithSeconds, dayAndClock, localDate, secondsBetween, zoneName } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";

const VIEWS = ["presence", "months", "reads"] as const;

/** What is said of views and their partitions, in words. */
export function useViewWords() {
  const { t, language } = useWords();
  const { zone } = useAgency();
  return {
    name: (view: string) => {
      const known = VIEWS.find((one) => view.startsWith(`${one}_v`));
      return known === undefined ? view : t(`view.${known}`);
    },
    /** With seconds while it is of today: then seconds are the message. */
    complete: ({ as_of, complete_to }: ViewFreshness["freshness"]) => {
      if (complete_to === null) return t("fresh.unsaid");
      if (localDate(complete_to, zone) !== localDate(as_of, zone)) return dayAndClock(complete_to, zone, language);
      return `${clockWithSeconds(complete_to, zone, language)} ${zoneName(zone, complete_to)}`;
    },
    number: (count: number | null) => (count === null ? t("terminals.unknown") : integer(count, language)),
    ago: (at: string | null, asOf: string) => {
      if (at === null) return t("fresh.never");
      const { unit, count } = age(secondsBetween(at, asOf));
      return t("age.ago", { age: t(`age.${unit}`, { count }) });
    },
  };
}
