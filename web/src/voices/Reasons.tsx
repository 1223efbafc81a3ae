import { NativeSelect, SegmentedControl } from "@mantine/core";
import { lazy, useState } from "react";
import type { ServiceReasons } from "../api/feedback";
import { ChartFrame } from "../charts/ChartFrame";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Notice } from "../states/Notice";
import { TakeAway } from "../tables/TakeAway";
import { type NamedReason, namedReasons, offered } from "./reasons";
import classes from "./voices.module.css";

const ReasonChart = lazy(() => import("./ReasonChart"));

/** How often each reason was tapped for one service, as bars, with the table behind them and the file. */
export function Reasons(props: {
  services: readonly ServiceReasons[];
  /** Fewer ratings than this are not shown. */
  few: number;
  unitName: (id: string) => string;
  file: string;
}) {
  const { t, language } = useWords();
  const { services, few, unitName, file } = props;
  const [wanted, setWanted] = useState<string | null>(null);
  const [view, setView] = useState("chart");
  const choices = offered(services);
  const chosen = choices.find(({ service_id }) => service_id === wanted) ?? choices[0];
  if (chosen === undefined) {
    return (
      <Notice small title={t("voices.noReasons")}>
        <p>{t("voices.noReasonsText")}</p>
      </Notice>
    );
  }
  const rows = namedReasons(chosen, language);
  const title = `${t("voices.reasons")}: ${chosen.service}`;
  const table = <ReasonTable rows={rows} title={title} />;
  return (
    <>
      <NativeSelect
        className={classes.unit}
        label={t("codes.service")}
        value={chosen.service_id}
        onChange={(event) => setWanted(event.currentTarget.value)}
        data={choices.map((one) => ({ value: one.service_id, label: `${one.service} · ${unitName(one.unit_id)}` }))}
      />
      {rows === null || chosen.ratings === null ? (
        <Notice small title={t("voices.fewTitle", { few })}>
          <p>{t("voices.fewText")}</p>
        </Notice>
      ) : (
        <figure className={classes.figure}>
          <div className={classes.head}>
            <figcaption className="quiet">
              {t("voices.ofRatings", { number: integer(chosen.ratings, language), count: chosen.ratings })}
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
              <TakeAway
                title={title}
                file={file}
                table={() => ({
                  head: [t("voices.reason"), t("voices.times")],
                  rows: rows.map(({ name, count }) => [name, count]),
                })}
              />
            </div>
          </div>
          {view === "table" ? (
            table
          ) : (
            <ChartFrame table={table}>
              <ReasonChart rows={rows} service={chosen.service} />
            </ChartFrame>
          )}
        </figure>
      )}
    </>
  );
}

function ReasonTable({ rows, title }: { rows: readonly NamedReason[] | null; title: string }) {
  const { t, language } = useWords();
  return (
    <table className={classes.table}>
      <caption className="hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("voices.reason")}</th>
          <th scope="col" data-number>
            {t("voices.times")}
          </th>
        </tr>
      </thead>
      <tbody>
        {(rows ?? []).map(({ id, name, count }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td data-number>{integer(count, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
