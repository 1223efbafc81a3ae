import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type MonthReport, monthReportQuery } from "../api/reports";
import card from "../card/card.module.css";
import { Fresh } from "../card/Fresh";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { href, periodParts } from "../shell/address";
import { PeriodPicker } from "../shell/PeriodPicker";
import { around } from "../shell/period";
import { UnitPicker } from "../shell/UnitPicker";
import { usePeriod } from "../shell/usePeriod";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { ClosedOrNot } from "./ClosedOrNot";
import { Downloads } from "./Downloads";
import { PeopleSums, UnitSums } from "./SumsTable";
import { Totals } from "./Totals";

export const REPORT = "/rekap-kehadiran";

/** What a month of assessed days comes to: of a unit with everything below it, each unit below, each employee. */
export function ReportPage() {
  const { t } = useWords();
  const { place, search, replace } = usePlace();
  const today = useToday();
  const { period, change } = usePeriod(today);
  const month = around("month", period.from);
  const key = month.from.slice(0, 7);
  const to = (unit: string | null) => href(REPORT, { unit, ...periodParts(month, today) }, search);
  const found = useInfiniteQuery(monthReportQuery(place.unit, key));
  const report = found.data?.pages[0];
  const heading = useTitle(t("nav.report"), `report ${place.unit ?? "root"}`, report !== undefined);
  return (
    <div className={card.page}>
      <div>
        {report !== undefined && report.unit.path.length > 0 && (
          <nav className={card.trail} aria-label={t("board.trail")}>
            {report.unit.path.map((above) => (
              <Link key={above.id} href={to(above.id)}>
                {above.name}
              </Link>
            ))}
          </nav>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {t("nav.report")}
        </h1>
        {report !== undefined && <p className="quiet">{report.unit.name}</p>}
      </div>
      <div className={card.filters}>
        <UnitPicker
          label={t("employees.unit")}
          none={t("card.wholeAgency")}
          value={place.unit}
          choose={(unit) => replace(to(unit))}
        />
        <PeriodPicker period={month} latest={today} change={change} spans={["month"]} />
        <Downloads unit={place.unit} month={key} />
      </div>
      {report === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={8} />
        )
      ) : (
        <div className={card.body} aria-busy={found.isFetching && !found.isFetchingNextPage}>
          <Fresh freshness={report.freshness} lacking={report.completeness.incomplete_employees} />
          <ClosedOrNot closing={report.closing} />
          <Content report={report} to={to} people={found.data?.pages.flatMap((page) => page.items) ?? []} />
          {found.hasNextPage && (
            <div>
              <Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
                {t("report.more")}
              </Button>
              {found.isFetchNextPageError && <p role="alert">{t("people.moreFailed")}</p>}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function Content(props: { report: MonthReport; people: MonthReport["items"]; to: (unit: string) => string }) {
  const { t, language } = useWords();
  const { report, people, to } = props;
  if (people.length === 0) {
    return (
      <Notice title={t("report.none")}>
        <p>{t("report.noneText")}</p>
      </Notice>
    );
  }
  return (
    <>
      {report.partial && <p className="quiet">{t("report.partial")}</p>}
      <Totals sums={report.sums} people={report.people} />
      {report.children.length > 0 && (
        <section>
          <h2>{t("card.below")}</h2>
          <UnitSums units={report.children} to={to} />
        </section>
      )}
      <section>
        <h2>{t("report.people", { number: integer(report.people, language) })}</h2>
        <PeopleSums people={people} first={report.first} />
      </section>
    </>
  );
}
