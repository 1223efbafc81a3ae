import { Progress } from "@mantine/core";
import type { Decision } from "../api/outages";
import { day, dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import classes from "./outages.module.css";
import { useOutageWords } from "./useOutageWords";

/** Who decided what about an outage, and how far it has been carried out. */
export function History({ decisions, zone }: { decisions: readonly Decision[]; zone: string }) {
  const { t, language } = useWords();
  const { number } = useOutageWords();
  const names = useNames([
    ...decisions.flatMap(({ by }) => (by === null ? [] : [by])),
    ...decisions.flatMap(({ skipped }) => skipped.map((one) => one.employee_id)),
  ]);
  return (
    <section>
      <h2>{t("outage.history")}</h2>
      {decisions.length === 0 ? (
        <p className="quiet">{t("outage.noHistory")}</p>
      ) : (
        <ul className={classes.list}>
          {decisions.map((one) => (
            <li key={one.id} data-decision={one.outcome}>
              <h3>
                {t(`outage.${one.outcome}`)}:{" "}
                {t("outage.result", { applied: number(one.applied), total: number(one.total) })}
              </h3>
              {one.running && (
                <>
                  <Progress value={(100 * one.done) / one.total} aria-label={t("outage.history")} />
                  <p role="status">{t("outage.progress", { done: number(one.done), total: number(one.total) })}</p>
                </>
              )}
              <p>{one.note}</p>
              <p className="quiet">
                {dayAndClock(one.at, zone, language)}{" "}
                {one.by === null ? t("outage.byNobody") : t("outage.by", { name: names(one.by) })}
              </p>
              {one.skipped.length > 0 && (
                <details>
                  <summary>
                    {t("outage.skipped")} ({number(one.skipped.length)})
                  </summary>
                  <ul>
                    {one.skipped.map((left) => (
                      <li key={`${left.employee_id} ${left.day}`}>
                        {names(left.employee_id)}, {day(left.day, language)}: {left.why}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
