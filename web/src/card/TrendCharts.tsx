import { useMemo } from "react";
import type { TrendBy } from "../api/queries";
import type { TrendPoint } from "../api/types";
import BarChart from "../charts/BarChart";
import type { Bars } from "../charts/options";
import { integer, percent, stars } from "../format/number";
import { month } from "../format/time";
import { useWords } from "../i18n";
import classes from "./card.module.css";

/** As many labels as stand side by side on a phone. */
const FEW = 6;

interface Props {
  points: readonly TrendPoint[];
  by: TrendBy;
  name: (one: TrendPoint) => string;
}

/** A small line for each: each has a scale of its own, and none is drawn of which nothing is known. */
export default function TrendCharts({ points, by, name }: Props) {
  const { t, language } = useWords();
  const lines = useMemo(() => {
    const labels = points.map(({ first }) =>
      by === "month" ? month(first, language).slice(0, 3) : `${Number(first.slice(8))}/${Number(first.slice(5, 7))}`,
    );
    const line = (
      word: "share" | "minutes" | "mean",
      of: (one: TrendPoint) => number | null,
      write: (value: number) => string,
      scale?: Pick<Bars, "range" | "write">,
    ) => {
      const values = points.map(of);
      const bars: Bars = {
        labels,
        words: points.map((one, at) => {
          const value = values[at] ?? null;
          return `${name(one)}: ${value === null ? t("trend.missing") : write(value)}${one.running ? ` (${t("trend.running")})` : ""}`;
        }),
        series: [{ values, color: "--k-bar" }],
        labelled: (index) => points.length <= FEW || (points.length - 1 - index) % 3 === 0,
        line: true,
        ...scale,
      };
      return { word, bars, known: values.some((value) => value !== null) };
    };
    return [
      line(
        "share",
        ({ share }) => (share === null ? null : Number(share)),
        (value) => percent(value, language),
        { range: [0, 1], write: (value) => `${Math.round(100 * value)}%` },
      ),
      line(
        "minutes",
        ({ effective_minutes }) => effective_minutes,
        (value) => integer(value, language),
      ),
      line(
        "mean",
        ({ mean }) => (mean === null ? null : Number(mean)),
        (value) => stars(String(value), language),
        { range: [1, 5] },
      ),
    ];
  }, [points, by, name, t, language]);
  return (
    <div className={classes.lines}>
      {lines.map(({ word, bars, known }) => (
        <section key={word}>
          <h3>{t(`trend.${word}`)}</h3>
          {known ? (
            <>
              <p className="quiet">{bars.words.at(-1)}</p>
              <BarChart
                bars={bars}
                summary={t("trend.chart", { of: t(`trend.${word}`), last: bars.words.at(-1) ?? "" })}
              />
            </>
          ) : (
            <p className="quiet">{t("trend.unrated")}</p>
          )}
        </section>
      ))}
    </div>
  );
}
