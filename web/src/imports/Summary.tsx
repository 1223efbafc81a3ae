import type { Import } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import classes from "./imports.module.css";

/** The order in which a directory is built. */
const KINDS = ["unit", "site", "post", "employee"] as const;

/** How the lists of the file compare with the directory. Kinds that the file does not mention are left out. */
export function Summary({ counts, applied }: { counts: Import["counts"]; applied: boolean }) {
  const { t, language } = useWords();
  const title = t(applied ? "imports.changed" : "imports.wouldChange");
  const rows = KINDS.flatMap((kind) => {
    const one = counts[kind];
    return one !== undefined && one.new + one.changed + one.unchanged > 0 ? [{ kind, ...one }] : [];
  });
  return (
    <section className={classes.section}>
      <h2>{title}</h2>
      <table className={classes.table} data-narrow>
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("imports.list")}</th>
            {(["new", "edited", "unchanged"] as const).map((word) => (
              <th key={word} scope="col" data-right>
                {t(`imports.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <th scope="row">{t(`importKind.${row.kind}`)}</th>
              <td data-right>{integer(row.new, language)}</td>
              <td data-right>{integer(row.changed, language)}</td>
              <td data-right>{integer(row.unchanged, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
