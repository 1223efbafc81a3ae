import type { Totals } from "../api/types";
import { integer, percent, share } from "../format/number";
import { useWords } from "../i18n";
import classes from "./wall.module.css";

export function WallFigures({ totals }: { totals: Totals }) {
  const { t, language } = useWords();
  const part = share(totals.present, totals.expected);
  if (part === null) return <p className={classes.none}>{t("figures.noData")}</p>;
  return (
    <section className={classes.figures} aria-label={t("figures.label")}>
      <p className={classes.big}>
        <strong>{integer(totals.present, language)}</strong> {t("figures.present")}
      </p>
      <p className="quiet">{t("figures.of", { expected: integer(totals.expected, language) })}</p>
      <p className={classes.second}>
        <span>
          <strong>{integer(totals.not_yet, language)}</strong> {t("figures.notYet")}
        </span>
        <strong>{percent(part, language)}</strong>
      </p>
    </section>
  );
}
