import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { isForbidden } from "../api/client";
import { attentionQuery } from "../api/queries";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { href, periodParts } from "../shell/address";
import type { Period } from "../shell/period";
import { usePlace } from "../shell/usePlace";
import { Failure } from "../states/Failure";
import classes from "./card.module.css";

/** The days somebody may ask about, for whoever sees names. A reason to ask, never a verdict: the page says so. */
export function AttentionList({ unit, period, today }: { unit: string | null; period: Period; today: string }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const found = useQuery(attentionQuery(unit, period.from, period.to));
  if (isForbidden(found.error)) return null;
  if (found.data === undefined) {
    return found.error === null ? null : <Failure error={found.error} retry={found.refetch} />;
  }
  const { items, more } = found.data;
  return (
    <section data-testid="attention">
      <h2>{t("attention.title")}</h2>
      <p className="quiet">{items.length === 0 ? t("attention.none") : t("attention.how")}</p>
      {items.length > 0 && (
        <table className={classes.table}>
          <caption className="hidden">{t("attention.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("attention.person")}</th>
              <th scope="col">{t("card.day")}</th>
              <th scope="col">{t("attention.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={`${one.employee_id}|${one.date}`}>
                <th scope="row">
                  <Link href={href(`/kartu/${one.employee_id}`, periodParts(period, today), search)}>
                    {one.name ?? one.employee_id}
                  </Link>
                  {one.unit !== null && <div className="quiet">{one.unit.name}</div>}
                </th>
                <td>{day(one.date, language)}</td>
                <td>
                  {one.reasons
                    .map((reason) =>
                      t(`attention.${reason}`, {
                        minutes: integer(one.minutes, language),
                        entries: integer(one.entries, language),
                        burst: integer(one.burst, language),
                      }),
                    )
                    .join(" · ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more && <p className="quiet">{t("attention.more", { number: items.length })}</p>}
    </section>
  );
}
