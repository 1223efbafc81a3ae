import { day } from "../format/time";
import { useWords } from "../i18n";
import classes from "./directory.module.css";

interface Row {
  key: string;
  period: { valid_from: string; valid_to?: string | null };
  what: string;
}

/** What was so, from when to when. Nothing is shown where there is nothing. */
export function Periods({ title, rows }: { title: string; rows: readonly Row[] }) {
  const { t, language } = useWords();
  if (rows.length === 0) return null;
  return (
    <section className={classes.periods}>
      <h2>{title}</h2>
      <table className={classes.table}>
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("employees.from")}</th>
            <th scope="col">{t("employees.to")}</th>
            <th scope="col">{title}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, period, what }) => (
            <tr key={key}>
              <td data-number>{day(period.valid_from, language)}</td>
              <td data-number>{period.valid_to == null ? t("employees.open") : day(period.valid_to, language)}</td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
