import type { MonthSums } from "../api/reports";
import card from "../card/card.module.css";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { COLUMNS } from "./columns";

/** The sums of everybody, each with its name. */
export function Totals({ sums, people }: { sums: MonthSums; people: number }) {
  const { t, language } = useWords();
  return (
    <dl className={card.figures} data-testid="report-totals">
      <div className={card.figure}>
        <dt>{t("report.employees")}</dt>
        <dd>
          <strong>{integer(people, language)}</strong>
        </dd>
      </div>
      {COLUMNS.map(({ name, of }) => (
        <div key={name} className={card.figure} data-sum={name}>
          <dt>{t(`report.column.${name}`)}</dt>
          <dd>
            <strong>{integer(of(sums), language)}</strong>
            {name === "required" && <span className="quiet">{t("report.requiredHint")}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
