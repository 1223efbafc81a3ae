import { Link } from "wouter";
import type { Presence } from "../api/types";
import { integer, percent, share } from "../format/number";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { Notice } from "../states/Notice";
import classes from "./board.module.css";

/** The answer in three seconds: how many are in, of how many, who is missing. Each number opens what is behind it. */
export function Figures({ board }: { board: Presence }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { to } = usePlace();
  const { expected, present, not_yet, last_at } = board.totals;
  const spared = (["away", "off"] as const).filter((state) => board.totals[state] > 0);
  if (expected === 0 && present === 0) {
    return (
      <Notice small title={t("figures.noData")}>
        <p>{t("figures.noPeople")}</p>
      </Notice>
    );
  }
  const part = share(present, expected);
  return (
    <section className={classes.figures} aria-label={t("figures.label")}>
      <p className={classes.big}>
        <Link
          href={to({ view: "people", state: "present", q: "" })}
          title={t("figures.seePresent")}
          data-testid="present"
        >
          <strong>{integer(present, language)}</strong> {t("figures.present")}
        </Link>
        <span className="quiet">{t("figures.of", { expected: integer(expected, language) })}</span>
      </p>
      <p className={classes.figure}>
        <Link href={to({ view: "people", state: "not_yet", q: "" })} title={t("figures.seeNotYet")}>
          <strong>{integer(not_yet, language)}</strong>
        </Link>
        <span className="quiet">{t("figures.notYet")}</span>
      </p>
      {spared.map((state) => (
        <p key={state} className={classes.figure} data-testid={state}>
          <Link href={to({ view: "people", state, q: "" })} title={t(`figures.see.${state}`)}>
            <strong>{integer(board.totals[state], language)}</strong>
          </Link>
          <span className="quiet">{t(`figures.${state}`)}</span>
        </p>
      ))}
      {part !== null && (
        <p className={classes.figure}>
          <strong>{percent(part, language)}</strong>
          <span className="quiet">{t("figures.share")}</span>
        </p>
      )}
      {last_at !== null && (
        <p className={classes.figure}>
          <strong>{zonedClock(last_at, zone, language)}</strong>
          <span className="quiet">{t("figures.last")}</span>
        </p>
      )}
    </section>
  );
}
