import { lazy, type ReactNode } from "react";
import { useWords } from "../i18n";
import type { Table } from "../tables/csv";
import { ChartFigure } from "./ChartFigure";
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
  const hint = (
    <>
      <span className={classes.key} data-kind="counted" /> {t("card.counted")}{" "}
      <span className={classes.key} data-kind="open" /> {t("card.open")}
    </>
  );
  return (
    <ChartFigure {...{ title, file, taken, hint }} table={children} testid="minutes">
      <WorkChart bars={bars} />
    </ChartFigure>
  );
}
