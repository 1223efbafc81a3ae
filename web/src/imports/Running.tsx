import { Progress } from "@mantine/core";
import type { Import } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import classes from "./imports.module.css";
import { progress } from "./rules";

/** What an import is at. Whoever leaves finds it again in the list. */
export function Running({ found }: { found: Import }) {
  const { t, language } = useWords();
  const percent = progress(found);
  const label = t(`importState.${found.state}`);
  return (
    <section className={classes.section}>
      <div role="status">
        <h2>{label}</h2>
      </div>
      <Progress.Root size="lg">
        <Progress.Section value={percent ?? 100} animated={percent === null} aria-label={label} />
      </Progress.Root>
      <p className="quiet">
        {percent !== null &&
          `${t("imports.rowsDone", {
            done: integer(found.rows.done, language),
            total: integer(found.rows.total, language),
          })} · `}
        {t("imports.mayLeave")}
      </p>
    </section>
  );
}
