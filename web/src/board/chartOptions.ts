import type { EChartsCoreOption } from "echarts/core";
import type { Bar } from "./arrivals";

/** Zero baseline, hairlines, one colour; a time that has not come is empty, not zero. */
export function optionsOf(
  bars: readonly Bar[],
  labels: string[],
  words: string[],
  write: (value: number) => string,
  style: CSSStyleDeclaration,
): EChartsCoreOption {
  const color = (name: string) => style.getPropertyValue(name).trim();
  const text = { color: color("--k-dim"), fontFamily: style.fontFamily, fontSize: 12 };
  return {
    animation: false,
    aria: { enabled: false }, // the label is ours: it says the numbers in the reader's language
    grid: { left: 4, right: 8, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: color("--k-text"), opacity: 0.06 } },
      backgroundColor: color("--k-page"),
      borderColor: color("--k-line"),
      textStyle: { ...text, color: color("--k-text"), fontSize: 13 },
      formatter: (params: { dataIndex: number }[]) => words[params[0]?.dataIndex ?? 0] ?? "",
    },
    xAxis: {
      type: "category",
      data: labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: color("--k-line") } },
      axisLabel: { ...text, interval: (i: number) => bars[i]?.at.endsWith(":00") === true, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      min: 0,
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { ...text, formatter: write },
      splitLine: { lineStyle: { color: color("--k-line") } },
    },
    series: [
      {
        type: "bar",
        data: bars.map((bar) => bar.count ?? "-"),
        barCategoryGap: "18%",
        itemStyle: { color: color("--k-bar"), borderRadius: [2, 2, 0, 0] },
      },
    ],
  };
}
