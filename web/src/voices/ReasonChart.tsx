import { useMemo } from "react";
import BarChart from "../charts/BarChart";
import type { Bars } from "../charts/options";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import type { NamedReason } from "./reasons";

/** One bar for each reason, the most frequent on top. */
export default function ReasonChart({ rows, service }: { rows: readonly NamedReason[]; service: string }) {
  const { t, language } = useWords();
  const bars: Bars = useMemo(
    () => ({
      labels: rows.map(({ name }) => name),
      words: rows.map(({ name, count }) => t("voices.bar", { name, number: integer(count, language), count })),
      series: [{ values: rows.map(({ count }) => count), color: "--k-bar" }],
      labelled: () => true,
      lying: true,
    }),
    [rows, t, language],
  );
  return <BarChart bars={bars} summary={t("voices.chart", { service, most: bars.words[0] ?? "" })} />;
}
