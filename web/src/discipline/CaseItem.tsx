import { Link } from "wouter";
import type { CaseSummary } from "../api/discipline";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { CaseWord } from "./CaseWord";
import { sanctionWord } from "./sanctions";

/** A case in a list. */
export function CaseItem({ row, name }: { row: CaseSummary; name: string | null }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const sanction = sanctionWord(row.sanction, t);
  return (
    <li data-case={row.id} data-status={row.status}>
      <CaseWord status={row.status} />
      <h3>
        <Link href={href(`/kasus/${encodeURIComponent(row.id)}`, {}, search)}>
          {name === null ? sanction : `${name}: ${sanction}`}
        </Link>
      </h3>
      <p className="quiet">
        {t(row.by_streak ? "discipline.reachedStreak" : "discipline.reached", {
          number: integer(row.days, language),
          count: row.days,
          date: day(row.reached_on, language),
        })}
      </p>
      {row.contradicted && <p>{t("discipline.contradicted")}</p>}
    </li>
  );
}
