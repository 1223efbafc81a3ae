import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import type { Lead } from "./lead";
import classes from "./month.module.css";

/** What the day came to in plain words: with what would have been enough, and the article. */
export function Leading({ leads }: { leads: readonly Lead[] }) {
  const { t } = useWords();
  return (
    <div className={classes.lead} role="status" data-testid="lead">
      {leads.map(({ shape, text, remedy, article }, at) => (
        <div key={text}>
          <p>
            <Glyph shape={shape} size={18} /> <strong>{text}</strong>
          </p>
          {remedy !== null && <p>{remedy}</p>}
          {article !== null && article !== leads[at + 1]?.article && (
            <p className="quiet">{t("explain.basis", { article })}</p>
          )}
        </div>
      ))}
    </div>
  );
}
