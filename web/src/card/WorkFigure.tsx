import { SegmentedControl } from "@mantine/core";
import { lazy, type ReactNode, useState } from "react";
import { ChartFrame } from "../charts/ChartFrame";
import { useWords } from "../i18n";
import type { Table } from "../tables/csv";
import { TakeAway } from "../tables/TakeAway";
import classes from "./card.module.css";
import type { WorkBar } from "./figures";

const WorkChart = lazy(() => import("./WorkChart"));

/** The minutes as bars, the table behind them, and the file. */
export function WorkFigure(props: {
  title: string;
  file: string;
  bars: readonly WorkBar[];
  taken: () => Table;
  children: ReactNode;
}) {
  const { t } = useWords();
  const { title, file, bars, taken, children } = props;
  const [view, setView] = useState("chart");
  return (
    <figure className={classes.work}>
      <div className={classes.head}>
        <figcaption>
          <h2>{title}</h2>
          <p className="quiet">
            <span className={classes.key} data-kind="counted" /> {t("card.counted")}{" "}
            <span className={classes.key} data-kind="open" /> {t("card.open")}
          </p>
        </figcaption>
        <div className={classes.tools}>
          <SegmentedControl
            aria-label={t("card.views")}
            value={view}
            onChange={setView}
            data={[
              { value: "chart", label: t("arrivals.chart") },
              { value: "table", label: t("arrivals.table") },
            ]}
          />
          <TakeAway title={title} file={file} table={taken} />
        </div>
      </div>
      {view === "table" ? (
        children
      ) : (
        <ChartFrame table={children}>
          <WorkChart bars={bars} />
        </ChartFrame>
      )}
    </figure>
  );
}
