import { useMemo } from "react";
import BarChart from "../charts/BarChart";
import type { Bars } from "../charts/options";
import { integer } from "../format/number";
import { useWords } from "../i18n";

/** People by their share of the norm so far: a bar for each class. */
export default function SpreadChart(props: { rows: readonly { word: string; people: number }[]; people: number }) {
  const { t, language } = useWords();
  const { rows, people } = props;
  const bars: Bars = useMemo(
    () => ({
      labels: rows.map(({ word }) => word),
      words: rows.map((one) => t("spread.bar", { of: one.word, number: integer(one.people, language) })),
      series: [{ values: rows.map((one) => one.people), color: "--k-bar" }],
      labelled: () => true,
      lying: true,
    }),
    [rows, t, language],
  );
  return <BarChart bars={bars} summary={t("spread.chart", { number: integer(people, language) })} />;
}
