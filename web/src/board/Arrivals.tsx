import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, memo, useMemo, useState } from "react";
import { arrivalsQuery, type Scope } from "../api/queries";
import type { UnitRef } from "../api/types";
import { ChartFrame } from "../charts/ChartFrame";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { TakeAway } from "../tables/TakeAway";
import { ArrivalsTable } from "./ArrivalsTable";
import { barsOf } from "./arrivals";
import classes from "./arrivals.module.css";

const Chart = lazy(() => import("./ArrivalsChart"));

/**
 * When people arrive: a bar per five minutes, with the table behind it and the file to take away. `known` is the local
 * time up to which arrivals are in, null when the whole day is.
 */
export const Arrivals = memo(function Arrivals(props: {
  unit: UnitRef;
  date: string;
  asked: Scope["unit"];
  askedDate: Scope["date"];
  known: string | null;
  paused: boolean;
}) {
  const { t, language } = useWords();
  const { unit, date, known, paused } = props;
  const options = arrivalsQuery({ unit: props.asked, date: props.askedDate });
  const arrivals = useQuery(paused ? { ...options, refetchInterval: false as const } : options);
  const [view, setView] = useState("chart");
  const bars = useMemo(
    () => barsOf(arrivals.data?.items ?? [], arrivals.data?.bucket_minutes ?? 5, known),
    [arrivals.data, known],
  );
  const title = t("arrivals.title", { unit: unit.name, date: day(date, language) });
  const table = () => ({
    head: [t("arrivals.time"), t("arrivals.count")],
    rows: bars.map((bar) => [bar.at, bar.count]),
  });

  return (
    <figure className={classes.arrivals}>
      <div className={classes.head}>
        <figcaption>
          <h2>{title}</h2>
          <p className="quiet">{t("arrivals.subtitle", { minutes: arrivals.data?.bucket_minutes ?? 5 })}</p>
        </figcaption>
        {bars.length > 0 && (
          <div className={classes.tools}>
            <SegmentedControl
              aria-label={t("arrivals.views")}
              value={view}
              onChange={setView}
              data={[
                { value: "chart", label: t("arrivals.chart") },
                { value: "table", label: t("arrivals.table") },
              ]}
            />
            <TakeAway title={title} file={`${t("arrivals.file")}-${unit.id}-${date}`} table={table} />
          </div>
        )}
      </div>
      {arrivals.data === undefined ? (
        arrivals.error !== null ? (
          <Failure error={arrivals.error} retry={arrivals.refetch} />
        ) : (
          <Waiting rows={1} height={180} />
        )
      ) : bars.length === 0 ? (
        <Notice small title={t("arrivals.empty")}>
          <p>{t("arrivals.emptyText")}</p>
        </Notice>
      ) : view === "table" ? (
        <ArrivalsTable bars={bars} title={title} />
      ) : (
        <ChartFrame table={<ArrivalsTable bars={bars} title={title} />}>
          <Chart bars={bars} />
        </ChartFrame>
      )}
    </figure>
  );
});
