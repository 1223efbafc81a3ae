import { Link } from "wouter";
import type { ViewFreshness } from "../api/freshness";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import classes from "./freshness.module.css";
import { useViewWords } from "./useViewWords";

/** What waits for a decision: lines in quarantine, records that failed. */
export function Tasks({ heldLines, views }: { heldLines: number | null; views: readonly ViewFreshness[] | null }) {
  const { t } = useWords();
  const { search } = usePlace();
  const { number } = useViewWords();
  const letters = views?.reduce((sum, one) => sum + one.dead_letters, 0) ?? null;
  return (
    <section className={classes.section}>
      <h2>{t("operator.waiting")}</h2>
      <ul className={classes.counts}>
        <li>
          <Link href={href("/karantina", {}, search)}>
            <strong>{number(heldLines)}</strong>
            <span>{t("operator.held")}</span>
          </Link>
        </li>
        <li>
          <Link href={href("/surat-mati", {}, search)}>
            <strong>{number(letters)}</strong>
            <span>{t("letters.title")}</span>
          </Link>
        </li>
      </ul>
    </section>
  );
}
