import { useQuery } from "@tanstack/react-query";
import { servicesQuery } from "../api/feedback";
import type { ServiceFigures } from "../api/types";
import { integer, stars } from "../format/number";
import { useWords } from "../i18n";
import classes from "./card.module.css";

/** The services of a unit and of those below it, as citizens rate them. Names are the catalogue's. */
export function Services({ services }: { services: readonly ServiceFigures[] }) {
  const { t, language } = useWords();
  const catalogue = useQuery(servicesQuery(null));
  if (services.length === 0) return null;
  const names = new Map(catalogue.data?.items.map(({ id, name }) => [id, name]));
  return (
    <section>
      <h2>{t("card.services")}</h2>
      <table className={classes.table}>
        <caption className="hidden">{t("card.services")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("card.service")}</th>
            {(["ratingsGiven", "mean", "truly"] as const).map((one) => (
              <th key={one} scope="col" data-number>
                {t(`card.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {services.map(({ service_id, served }) => (
            <tr key={service_id}>
              <th scope="row">{names.get(service_id) ?? t("card.unnamedService")}</th>
              <td data-number>{integer(served.given, language)}</td>
              <td data-number>{served.mean == null ? "–" : stars(served.mean, language)}</td>
              <td data-number>
                {served.low == null || served.high == null
                  ? "–"
                  : `${stars(served.low, language)}–${stars(served.high, language)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
