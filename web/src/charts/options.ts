import type { EChartsCoreOption } from "echarts/core";

/** One colour of bars; `null` is what is not known (yet), which is empty and not zero. */
export interface Series {
  values: readonly (number | null)[];
  /** A colour of the page, by the name of its variable. */
  color: string;
}

export interface Bars {
  labels: readonly string[];
  /** What each place says in words, of all its bars. */
  words: readonly string[];
  /** From the ground up. */
  series: readonly Series[];
  /** Which labels are shown. */
  labelled: (index: number) => boolean;
  /** From left to right, first on top: for places that are named by words. */
  lying?: boolean;
  /** A line through time instead of bars: what is not known is a gap in it. */
  line?: boolean;
  /** The ends of the scale; without, zero and whatever is enough. */
  range?: readonly [number, number];
  /** How numbers of the scale are written; without, as whole numbers. */
  write?: (value: number) => string;
}

/** Zero baseline, hairlines, few colours. */
export function optionsOf(
  { labels, words, series, labelled, lying = false, line = false, range, write }: Bars,
  whole: (value: number) => string,
  style: CSSStyleDeclaration,
): EChartsCoreOption {
  const color = (name: string) => style.getPropertyValue(name).trim();
  const text = { color: color("--k-dim"), fontFamily: style.fontFamily, fontSize: 12 };
  const places = {
    type: "category",
    data: [...labels],
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: color("--k-line") } },
    axisLabel: { ...text, interval: labelled, hideOverlap: true },
  };
  const values = {
    type: "value",
    min: range?.[0] ?? 0,
    ...(range === undefined
      ? { minInterval: 1, splitNumber: 3 }
      : { max: range[1], interval: (range[1] - range[0]) / 4 }),
    axisLabel: { ...text, formatter: write ?? whole },
    splitLine: { lineStyle: { color: color("--k-line") } },
  };
  const end = lying ? [0, 2, 2, 0] : [2, 2, 0, 0];
  return {
    animation: false,
    aria: { enabled: false }, // the label is ours: it says the numbers in the reader's language
    grid: { left: 4, right: 8, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis",
      axisPointer: line
        ? { type: "line", lineStyle: { color: color("--k-dim") } }
        : { type: "shadow", shadowStyle: { color: color("--k-text"), opacity: 0.06 } },
      backgroundColor: color("--k-page"),
      borderColor: color("--k-line"),
      textStyle: { ...text, color: color("--k-text"), fontSize: 13 },
      formatter: (params: { dataIndex: number }[]) => words[params[0]?.dataIndex ?? 0] ?? "",
    },
    xAxis: lying ? values : places,
    yAxis: lying ? places : values,
    series: series.map(({ values: given, color: name }, at) =>
      line ? lineOf(given, color(name)) : barOf(given, color(name), at === series.length - 1 ? end : 0),
    ),
  };
}

function lineOf(values: readonly (number | null)[], color: string) {
  return {
    type: "line",
    data: [...values],
    connectNulls: false,
    symbol: "circle",
    symbolSize: 6,
    itemStyle: { color },
    lineStyle: { color, width: 2 },
  };
}

function barOf(values: readonly (number | null)[], color: string, borderRadius: number | number[]) {
  return {
    type: "bar",
    stack: "one",
    data: values.map((value) => value ?? "-"),
    barCategoryGap: "18%",
    barMaxWidth: 32,
    itemStyle: { color, borderRadius },
  };
}
