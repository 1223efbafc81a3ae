import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { daysQuery, holidaysQuery, knownDaysQuery } from "../api/days";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { useNow } from "../live/useNow";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { NotFound } from "../shell/NotFound";
import { PeriodPicker } from "../shell/PeriodPicker";
import { around } from "../shell/period";
import { usePeriod } from "../shell/usePeriod";
import { useTitle } from "../shell/useTitle";
import { Banner } from "../states/Banner";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { Calendar } from "./Calendar";
import { Closed } from "./Closed";
import { KnownOn } from "./KnownOn";
import { KnownUntil } from "./KnownUntil";
import { cells } from "./month";
import classes from "./month.module.css";
import { TerminalsComplete } from "./TerminalsComplete";
import { Totals } from "./Totals";
import { useDaysMoving } from "./useDaysMoving";
import { useWhose } from "./useWhose";

const MINUTE = 60_000;

/** A month of assessed days of one person, one's own where none is named. Each day opens to its explanation. */
export function MonthPage({ id }: { id: string | null }) {
  const { person } = usePerson();
  const whose = id ?? person.employeeId;
  return whose === null ? <NotFound /> : <MonthOf key={whose} employeeId={whose} />;
}

function MonthOf({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const agency = useAgency();
  const now = new Date(useNow(MINUTE)).toISOString();
  const { period: asked, change } = usePeriod(localDate(now, agency.zone));
  const month = around("month", asked.from);
  const holidays = useQuery(holidaysQuery(month.from.slice(0, 4)));
  const [on, setOn] = useState<string | null>(null);
  const current = useQuery({
    ...daysQuery(employeeId, month.from, month.to, month.to >= localDate(now, agency.zone)),
    enabled: on === null,
  });
  const past = useQuery({ ...knownDaysQuery(employeeId, month.from, month.to, on ?? ""), enabled: on !== null });
  const found = on === null ? current : past;
  const { data } = found;
  const zone = data?.items.at(-1)?.zone ?? agency.zone;
  const today = localDate(now, zone);
  const view = useDaysMoving(employeeId, today);
  const { own, name } = useWhose(employeeId);
  const heading = useTitle(t(own ? "nav.month" : "month.title"), `month ${employeeId}`, true);
  return (
    <div className={classes.page}>
      {data !== undefined && (
        <Banner
          status={view.status}
          since={view.since}
          reconnect={view.reconnect}
          freshness={{ as_of: data.known_until, complete_to: data.known_until, lagging_sources: [] }}
          refreshFailed={found.isRefetchError}
        />
      )}
      <div>
        {!own && name !== null && <p className="quiet">{name}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {t(own ? "nav.month" : "month.title")}
        </h1>
      </div>
      <PeriodPicker period={month} latest={today} change={change} spans={["month"]} />
      {data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={8} />
        )
      ) : (
        <div className={classes.body} aria-busy={found.isPlaceholderData}>
          {on === null && <KnownUntil at={data.known_until} zone={zone} />}
          <TerminalsComplete site={data.terminals} zone={zone} />
          <KnownOn on={on} from={month.from} today={today} choose={setOn} />
          <Closed employeeId={employeeId} from={month.from} to={month.to} />
          {data.items.length === 0 ? (
            <Notice title={t("month.none")}>
              <p>{t("month.noneText")}</p>
            </Notice>
          ) : (
            <>
              <Calendar
                employeeId={employeeId}
                cells={cells(month.from, month.to, data.items)}
                today={today}
                holidays={new Map(holidays.data?.map((one) => [one.id, one.name]))}
              />
              <section>
                <h2>{t("month.totals")}</h2>
                <Totals days={data.items} />
              </section>
            </>
          )}
        </div>
      )}
    </div>
  );
}
