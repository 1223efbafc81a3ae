import { Link } from "wouter";
import type { DeviceState, DeviceTotals } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { Glyph } from "../states/Glyph";
import { SHAPE } from "../terminals/attention";
import classes from "./freshness.module.css";

const STATES: readonly DeviceState[] = ["live", "silent", "pending", "never_seen"];

/** Terminals by state; each count leads to those terminals. */
export function Fleet({ totals }: { totals: DeviceTotals }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  return (
    <section className={classes.section}>
      <h2>
        {t("terminals.title")} <span className="quiet">{integer(totals.total + totals.pending, language)}</span>
      </h2>
      <ul className={classes.counts}>
        {STATES.map((state) => (
          <li key={state}>
            <Link href={href("/mesin", { state }, search)}>
              <strong>{integer(totals[state], language)}</strong>
              <span>
                <Glyph shape={SHAPE[state]} /> {t(`terminals.${state}`)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
