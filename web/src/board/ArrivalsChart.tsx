import { useMemo } from "react";
import BarChart from "../charts/BarChart";
import type { Bars } from "../charts/options";
import { integer } from "../format/number";
import type { Language } from "../format/time";
import { useWords } from "../i18n";
import { type Bar, peakOf, sumOf } from "./arrivals";

const inWords = (at: string, language: Language) => (language === "id" ? at.replace(":", ".") : at);

/** A bar per five minutes; a time that has not come is empty, not zero. */
export default function ArrivalsChart({ bars }: { bars: readonly Bar[] }) {
  const { t, language } = useWords();
  const drawn: Bars = useMemo(
    () => ({
      labels: bars.map((bar) => inWords(bar.at, language)),
      words: bars.map((bar) =>
        bar.count === null
          ? ""
          : t("arrivals.bar", {
              count: bar.count,
              time: inWords(bar.at, language),
              number: integer(bar.count, language),
            }),
      ),
      series: [{ values: bars.map((bar) => bar.count), color: "--k-bar" }],
      labelled: (index) => bars[index]?.at.endsWith(":00") === true,
    }),
    [bars, t, language],
  );
  const sum = sumOf(bars);
  const summary = t("arrivals.summary", {
    count: sum,
    number: integer(sum, language),
    peak: inWords(peakOf(bars)?.at ?? "", language),
  });
  return <BarChart bars={drawn} summary={summary} />;
}
