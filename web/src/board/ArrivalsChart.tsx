import { useComputedColorScheme } from "@mantine/core";
import { BarChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useMemo, useRef, useState } from "react";
import { integer } from "../format/number";
import type { Language } from "../format/time";
import { useWords } from "../i18n";
import { type Bar, peakOf, sumOf } from "./arrivals";
import classes from "./arrivals.module.css";
import { optionsOf } from "./chartOptions";

use([BarChart, GridComponent, TooltipComponent, SVGRenderer]);

const inWords = (at: string, language: Language) => (language === "id" ? at.replace(":", ".") : at);

/** The bars. Arrow keys walk them and say each value; the colours follow the scheme. */
export default function ArrivalsChart({ bars }: { bars: readonly Bar[] }) {
  const { t, language } = useWords();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const words = useMemo(
    () =>
      bars.map((bar) =>
        bar.count === null
          ? ""
          : t("arrivals.bar", {
              count: bar.count,
              time: inWords(bar.at, language),
              number: integer(bar.count, language),
            }),
      ),
    [bars, t, language],
  );

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
    const labels = bars.map((bar) => inWords(bar.at, language));
    chart.current?.setOption(
      optionsOf(bars, labels, words, (value) => integer(value, language), getComputedStyle(box.current)),
    );
  }, [bars, words, language, scheme]);

  const walk = (event: React.KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const last = bars.findLastIndex((bar) => bar.count !== null);
    const next = Math.min(last, Math.max(0, (at ?? (step > 0 ? -1 : last + 1)) + step));
    setAt(next);
    chart.current?.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: next });
  };
  const leave = () => {
    setAt(null);
    chart.current?.dispatchAction({ type: "hideTip" });
  };
  const sum = sumOf(bars);
  return (
    <>
      <div
        ref={box}
        className={classes.chart}
        role="img"
        aria-label={t("arrivals.summary", {
          count: sum,
          number: integer(sum, language),
          peak: inWords(peakOf(bars)?.at ?? "", language),
        })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the bars
        tabIndex={0}
        onKeyDown={walk}
        onBlur={leave}
      />
      <span className="hidden" role="status">
        {at === null ? "" : words[at]}
      </span>
    </>
  );
}
