import { useComputedColorScheme } from "@mantine/core";
import { BarChart as Drawn, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef, useState } from "react";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import classes from "./charts.module.css";
import { type Bars, optionsOf } from "./options";

use([Drawn, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

/** Pixels for one lying bar. */
const LINE = 30;

/** Bars, or a line, with their sum in words. Arrow keys walk them and say each one; the colours follow the scheme. */
export default function BarChart({ bars, summary }: { bars: Bars; summary: string }) {
  const { language } = useWords();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const [at, setAt] = useState<number | null>(null);

  useEffect(() => {
    if (box.current === null) return;
    const made = init(box.current, null, { renderer: "svg" });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that are read from the page
  useEffect(() => {
    if (box.current === null) return;
    chart.current?.setOption(optionsOf(bars, (value) => integer(value, language), getComputedStyle(box.current)));
  }, [bars, language, scheme]);

  const walk = (event: React.KeyboardEvent) => {
    const [on, back] = bars.lying ? ["ArrowDown", "ArrowUp"] : ["ArrowRight", "ArrowLeft"];
    const step = event.key === on ? 1 : event.key === back ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const known = (index: number) => bars.series.some(({ values }) => (values[index] ?? null) !== null);
    const last = bars.labels.findLastIndex((_, index) => known(index));
    const next = Math.min(last, Math.max(0, (at ?? (step > 0 ? -1 : last + 1)) + step));
    setAt(next);
    chart.current?.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: next });
  };
  const leave = () => {
    setAt(null);
    chart.current?.dispatchAction({ type: "hideTip" });
  };
  return (
    <>
      <div
        ref={box}
        className={classes.chart}
        style={bars.lying ? { height: LINE * (bars.labels.length + 1) } : undefined}
        role="img"
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the bars
        tabIndex={0}
        onKeyDown={walk}
        onBlur={leave}
      />
      <span className="hidden" role="status">
        {at === null ? "" : bars.words[at]}
      </span>
    </>
  );
}
