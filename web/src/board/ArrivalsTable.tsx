import { integer } from "../format/number";
import { useWords } from "../i18n";
import { type Bar, sumOf } from "./arrivals";
import classes from "./arrivals.module.css";

export function ArrivalsTable({ bars, title }: { bars: readonly Bar[]; title: string }) {
  const { t, language } = useWords();
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className={classes.scroll} aria-label={title} tabIndex={0}>
      <table className={classes.table}>
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("arrivals.time")}</th>
            <th scope="col">{t("arrivals.count")}</th>
          </tr>
        </thead>
        <tbody>
          {bars
            .filter((bar) => bar.count !== null)
            .map((bar) => (
              <tr key={bar.at}>
                <th scope="row">{language === "id" ? bar.at.replace(":", ".") : bar.at}</th>
                <td>{integer(bar.count ?? 0, language)}</td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("arrivals.sum")}</th>
            <td>{integer(sumOf(bars), language)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
