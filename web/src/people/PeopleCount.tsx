import { integer } from "../format/number";
import { useWords } from "../i18n";
import type { PeopleView } from "./merge";
import classes from "./people.module.css";

/** How many are listed, of how many; a search that is too wide to count says only that there are more. */
export function PeopleCount({ view, more, loading }: { view: PeopleView; more: boolean; loading: boolean }) {
  const { t, language } = useWords();
  const shown = integer(view.items.length, language);
  const total = view.total ?? (more ? null : view.items.length);
  return (
    <p className={classes.count} role="status">
      {total === null
        ? t("people.shownSome", { shown })
        : t("people.shown", { shown, total: integer(total, language) })}
      {loading && ` · ${t("people.more")}`}
    </p>
  );
}
