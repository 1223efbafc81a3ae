import { Link } from "wouter";
import type { SiteRecord } from "../api/directory";
import { integer } from "../format/number";
import { day, zoneName } from "../format/time";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import { pointText, SITES } from "./place";
import classes from "./sites.module.css";

export function SiteTable({ sites }: { sites: readonly SiteRecord[] }) {
  const { t, language } = useWords();
  const { to } = usePlace();
  const now = new Date().toISOString();
  return (
    <table className={classes.table}>
      <caption className="hidden">{t("sites.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("sites.name")}</th>
          <th scope="col">{t("sites.code")}</th>
          <th scope="col">{t("sites.zone")}</th>
          <th scope="col">{t("sites.point")}</th>
          <th scope="col">{t("sites.distance")}</th>
          <th scope="col">{t("sites.until")}</th>
        </tr>
      </thead>
      <tbody>
        {sites.map((site) => (
          <tr key={site.id}>
            <th scope="row">
              <Link href={to({ q: "" }, `${SITES}/${site.id}`)}>{site.name}</Link>
            </th>
            <td className="quiet">{site.code}</td>
            <td>{zoneName(site.zone, now)}</td>
            <td data-number data-none={site.latitude == null || undefined}>
              {pointText(site) || <span className="quiet">{t("sites.noPoint")}</span>}
            </td>
            <td data-number data-none={site.radius_m == null || undefined}>
              {site.radius_m == null ? (
                <span className="quiet">–</span>
              ) : (
                t("sites.metres", { number: integer(site.radius_m, language) })
              )}
            </td>
            <td data-number data-none={site.valid_to == null || undefined}>
              <span className={classes.label}>{t("sites.until")} </span>
              {site.valid_to == null ? (
                <span className="quiet">{t("employees.open")}</span>
              ) : (
                day(site.valid_to, language)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
