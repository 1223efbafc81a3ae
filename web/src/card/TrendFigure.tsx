import type { UseQueryResult } from "@tanstack/react-query";
import { lazy } from "react";
import type { TrendBy } from "../api/queries";
import type { Trend, TrendPoint } from "../api/types";
import { integer, percent, stars } from "../format/number";
import { days, month } from "../format/time";
import { useWords } from "../i18n";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { ChartFigure } from "./ChartFigure";
import classes from "./card.module.css";
import { known } from "./figures";

const TrendCharts = lazy(() => import("./TrendCharts"));

/** The last weeks or months against each other: presence, minutes, what citizens said. */
export function TrendFigure({ found, by, file }: { found: UseQueryResult<Trend>; by: TrendBy; file: string }) {
  const { t, language } = useWords();
  const title = t(`trend.title.${by}`);
  if (found.data === undefined) {
    return found.error === null ? (
      <Waiting rows={1} height={180} />
    ) : (
      <Failure error={found.error} retry={found.refetch} />
    );
  }
  const points = known(found.data.points);
  if (points.length < 2) {
    return (
      <Notice small title={title}>
        <p>{t(`trend.none.${by}`)}</p>
      </Notice>
    );
  }
  const name = (one: TrendPoint) => (by === "week" ? days(one.first, one.last, language) : month(one.first, language));
  return (
    <ChartFigure
      title={title}
      hint={t("trend.how")}
      file={file}
      taken={() => ({
        head: (["from", "to", "present", "expected", "minutes", "ratings", "mean"] as const).map((one) =>
          t(`trend.${one}`),
        ),
        rows: points.map((one) => [
          one.first,
          one.last,
          one.present,
          one.expected,
          one.effective_minutes,
          one.ratings,
          one.mean,
        ]),
      })}
      table={<Points title={title} points={points} name={name} />}
      testid="trend"
    >
      <TrendCharts points={points} by={by} name={name} />
    </ChartFigure>
  );
}

function Points(props: { title: string; points: readonly TrendPoint[]; name: (one: TrendPoint) => string }) {
  const { t, language } = useWords();
  const { title, points, name } = props;
  return (
    <table className={classes.table}>
      <caption className="hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("trend.period")}</th>
          {(["share", "minutes", "mean"] as const).map((one) => (
            <th key={one} scope="col" data-number>
              {t(`trend.${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...points].reverse().map((one) => (
          <tr key={one.first} data-nothing={one.present === null || undefined}>
            <th scope="row">
              {name(one)}
              {one.running && <span className="quiet"> · {t("trend.running")}</span>}
            </th>
            {one.present === null ? (
              <td colSpan={3}>{t("trend.missing")}</td>
            ) : (
              <>
                <td data-number>
                  {one.share === null ? "–" : percent(Number(one.share), language)}{" "}
                  <span className="quiet">
                    {t("trend.presentOf", {
                      present: integer(one.present, language),
                      expected: integer(one.expected ?? 0, language),
                    })}
                  </span>
                </td>
                <td data-number>{t("activity.minutes", { number: integer(one.effective_minutes ?? 0, language) })}</td>
                <td data-number>
                  {one.mean === null ? (
                    <span className="quiet">{t("trend.unrated")}</span>
                  ) : (
                    t("trend.meanOf", {
                      mean: stars(one.mean, language),
                      number: integer(one.ratings ?? 0, language),
                    })
                  )}
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
