import { Link } from "wouter";
import type { Import } from "../api/directory";
import { integer } from "../format/number";
import { clock, day, localDate } from "../format/time";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { ImportStatus } from "./ImportStatus";
import classes from "./imports.module.css";
import { IMPORTS } from "./rules";

export function LatestImports({ imports }: { imports: readonly Import[] }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { search } = usePlace();
  return (
    <table className={classes.table} data-stacks>
      <caption className="hidden">{t("imports.latest")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("imports.file")}</th>
          <th scope="col">{t("imports.state")}</th>
          <th scope="col">{t("imports.sent")}</th>
          <th scope="col" data-right>
            {t("imports.rows")}
          </th>
        </tr>
      </thead>
      <tbody>
        {imports.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <Link href={href(`${IMPORTS}/${one.id}`, {}, search)}>{one.filename}</Link>
            </th>
            <td>
              <ImportStatus found={one} />
            </td>
            <td className="quiet">
              {day(localDate(one.created_at, zone), language)}, {clock(one.created_at, zone, language)}
            </td>
            <td data-right>{t("imports.rowCount", { number: integer(one.rows.total, language) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
