import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { isForbidden } from "../api/client";
import { unitSpreadQuery } from "../api/queries";
import type { Spread } from "../api/types";
import { integer, percent } from "../format/number";
import { useWords } from "../i18n";
import type { Period } from "../shell/period";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { ChartFigure } from "./ChartFigure";
import classes from "./card.module.css";
import { classWord } from "./figures";

const SpreadChart = lazy(() => import("./SpreadChart"));

/** How many people have how much of the norm so far; where there are no bars, why not. */
export function SpreadFigure({ unit, period }: { unit: string | null; period: Period }) {
  const { t } = useWords();
  const found = useQuery(unitSpreadQuery(unit, period.from, period.to));
  if (isForbidden(found.error)) return null;
  if (found.data === undefined) {
    return found.error === null ? (
      <Waiting rows={1} height={180} />
    ) : (
      <Failure error={found.error} retry={found.refetch} />
    );
  }
  const { hidden } = found.data;
  if (hidden !== null) {
    return (
      <section data-testid="spread">
        <h2>{t("spread.title")}</h2>
        <p className="quiet">{t(`spread.hidden.${hidden}`)}</p>
      </section>
    );
  }
  return <Shown spread={found.data} />;
}

function Shown({ spread }: { spread: Spread }) {
  const { t, language } = useWords();
  const { people, norm_so_far, unit, first } = spread;
  const title = t("spread.title");
  const rows = spread.classes.map((one) => ({ word: classWord(one, t), people: one.people }));
  return (
    <ChartFigure
      title={title}
      hint={t("spread.of", {
        people: integer(people, language),
        norm: integer(Number(norm_so_far), language),
      })}
      file={`${t("spread.file")}-${unit.id}-${first}`}
      taken={() => ({
        head: [t("spread.class"), t("spread.people")],
        rows: rows.map((one) => [one.word, one.people]),
      })}
      table={
        <table className={classes.table}>
          <caption className="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("spread.class")}</th>
              <th scope="col" data-number>
                {t("spread.people")}
              </th>
              <th scope="col" data-number>
                {t("spread.share")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.word}>
                <th scope="row">{one.word}</th>
                <td data-number>{t("spread.count", { number: integer(one.people, language) })}</td>
                <td data-number>{percent(one.people / people, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
      testid="spread"
    >
      <SpreadChart rows={rows} people={people} />
    </ChartFigure>
  );
}
