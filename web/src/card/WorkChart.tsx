import { useMemo } from "react";
import BarChart from "../charts/BarChart";
import type { Bars } from "../charts/options";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import type { WorkBar } from "./figures";

/** Minutes day by day: what counts, and above it what is claimed and does not count yet. */
export default function WorkChart({ bars }: { bars: readonly WorkBar[] }) {
  const { t, language } = useWords();
  const drawn: Bars = useMemo(() => {
    const few = bars.length <= 10;
    return {
      labels: bars.map(({ date }) => String(Number(date.slice(8)))),
      words: bars.map(({ date, effective, open }) =>
        t("card.bar", {
          date: day(date, language),
          effective: integer(effective, language),
          open: integer(open, language),
        }),
      ),
      series: [
        { values: bars.map(({ effective }) => effective), color: "--k-bar" },
        { values: bars.map(({ open }) => open), color: "--k-bar-open" },
      ],
      labelled: (index) => few || index % 5 === 0,
    };
  }, [bars, t, language]);
  const sum = bars.reduce((all, { effective }) => all + effective, 0);
  return <BarChart bars={drawn} summary={t("card.chart", { number: integer(sum, language) })} />;
}
