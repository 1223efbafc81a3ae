import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ChartFrame } from "../charts/ChartFrame";
import { useWords } from "../i18n";
import type { Table } from "../tables/csv";
import { TakeAway } from "../tables/TakeAway";
import classes from "./card.module.css";

/** A chart with its title, the table behind it, and the file. */
export function ChartFigure(props: {
  title: string;
  /** What its marks mean, or what it is of. */
  hint: ReactNode;
  file: string;
  taken: () => Table;
  table: ReactNode;
  testid?: string;
  children: ReactNode;
}) {
  const { t } = useWords();
  const { title, hint, file, taken, table, testid, children } = props;
  const [view, setView] = useState("chart");
  return (
    <figure className={classes.work} data-testid={testid}>
      <div className={classes.head}>
        <figcaption>
          <h2>{title}</h2>
          <p className="quiet">{hint}</p>
        </figcaption>
        <div className={classes.tools}>
          <SegmentedControl
            aria-label={t("card.views", { title })}
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
      {view === "table" ? table : <ChartFrame table={table}>{children}</ChartFrame>}
    </figure>
  );
}
