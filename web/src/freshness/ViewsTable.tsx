import type { ViewFreshness } from "../api/freshness";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { isLagging } from "./alarms";
import classes from "./freshness.module.css";
import { useViewWords } from "./useViewWords";

/** One line a view: how far it is complete, what is left to fold, what could not be. */
export function ViewsTable({ views }: { views: readonly ViewFreshness[] }) {
  const { t } = useWords();
  const words = useViewWords();
  const label = (text: string) => <span className={classes.label}>{text}: </span>;
  return (
    <table className={`${classes.table} ${classes.views}`}>
      <caption className="hidden">{t("fresh.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("fresh.view")}</th>
          <th scope="col">{t("fresh.complete")}</th>
          <th scope="col" data-number>
            {t("fresh.lag")}
          </th>
          <th scope="col" data-number>
            {t("fresh.folded")}
          </th>
          <th scope="col" data-number>
            {t("nav.letters")}
          </th>
        </tr>
      </thead>
      <tbody>
        {views.map((view) => (
          <tr key={view.view}>
            <th scope="row">
              <Glyph shape={isLagging(view) ? "warning" : "full"} /> {words.name(view.view)}
              {isLagging(view) && <span className="quiet"> {t("fresh.lagging")}</span>}
            </th>
            <td>
              {label(t("fresh.complete"))}
              {words.complete(view.freshness)}
            </td>
            <td data-number>
              {label(t("fresh.lag"))}
              {words.number(view.lag)}
            </td>
            <td data-number>
              {label(t("fresh.folded"))}
              {words.ago(view.folded_at, view.freshness.as_of)}
            </td>
            <td data-number>
              {label(t("nav.letters"))}
              {words.number(view.dead_letters)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
