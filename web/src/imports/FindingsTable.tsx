import type { Remark } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./imports.module.css";

/** Where, what is wrong, and what belongs there. Row and column as the spreadsheet counts them. */
export function FindingsTable({ rows }: { rows: readonly Remark[] }) {
  const { t, language } = useWords();
  return (
    <table className={classes.table} data-stacks>
      <caption className="hidden">{t("findings.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("findings.place")}</th>
          <th scope="col">{t("findings.column")}</th>
          <th scope="col">{t("findings.wrong")}</th>
          <th scope="col">{t("findings.hint")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={`${one.sheet} ${one.row} ${one.column} ${one.detail}`}>
            <th scope="row" className={classes.place}>
              {one.row === 0 ? one.sheet : t("findings.row", { sheet: one.sheet, row: integer(one.row, language) })}
            </th>
            <td>
              {one.column === "" ? <span className="quiet">{t("findings.wholeRow")}</span> : <code>{one.column}</code>}
            </td>
            <td>
              <Glyph shape={one.level === "error" ? "wrong" : "warning"} />{" "}
              <span className="hidden">{t(`findings.${one.level}`)}: </span>
              {one.detail}
            </td>
            <td className="quiet">{one.hint}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
