import type { SiteComplete } from "../api/outages";
import { integer } from "../format/number";
import { dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./month.module.css";

/** Up to when the terminals of the office have sent all: before that, no record does not mean that nobody was there. */
export function TerminalsComplete({ site, zone }: { site: SiteComplete | null | undefined; zone: string }) {
  const { t, language } = useWords();
  if (!site) return null;
  if (site.complete_to === null) return <p className="quiet">{t("month.terminalsNever")}</p>;
  const time = dayAndClock(site.complete_to, zone, language);
  const number = (value: number) => integer(value, language);
  return (
    <p className={classes.known} data-testid="terminals-complete">
      {site.owing > 0 ? (
        <>
          <Glyph shape="warning" />{" "}
          {t("month.terminalsOwing", { time, owing: number(site.owing), terminals: number(site.terminals) })}
        </>
      ) : (
        <span className="quiet">{t("month.terminalsComplete", { time })}</span>
      )}
    </p>
  );
}
