import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { activitiesQuery } from "../api/appraisal";
import { shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { DaySwitch } from "../shell/DaySwitch";
import { NotFound } from "../shell/NotFound";
import { around } from "../shell/period";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./activities.module.css";
import { DayList } from "./DayList";
import { type Draft, EMPTY } from "./draft";
import { Earlier } from "./Earlier";
import { MonthLine } from "./MonthLine";
import { NewActivity } from "./NewActivity";
import { StatusCount } from "./StatusWord";

/** From how many days back something is offered to be done again. */
const BACK = 30;
/** Where the day stands, for a screen on which the form hides it. */
const LIST = "tercatat";

/** What an employee did, day by day: recorded here, decided by the superior, counted in effective minutes. */
export function ActivitiesPage() {
  const { person } = usePerson();
  return person.employeeId === null ? <NotFound /> : <Activities employeeId={person.employeeId} />;
}

function Activities({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const { place } = usePlace();
  const today = useToday();
  const date = place.date !== null && place.date < today ? place.date : today;
  const month = around("month", date);
  const found = useQuery(activitiesQuery(employeeId, month.from, month.to));
  const earlier = useQuery(activitiesQuery(employeeId, shiftDay(date, -BACK), date));
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const heading = useTitle(t("activity.title"), "activities", true);
  const page = found.data;
  const rows = page?.items.filter((one) => one.date === date && one.status !== "withdrawn") ?? [];
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("activity.title")}
      </h1>
      <DaySwitch date={date} path="/aktivitas" latest={today} />
      {page !== undefined && rows.length > 0 && (
        <p className={classes.jump}>
          <a href={`#${LIST}`}>{t("activity.seeDay", { count: rows.length })}</a>
          {page.tally.returned > 0 && <StatusCount status="returned" count={page.tally.returned} />}
        </p>
      )}
      <div className={classes.columns}>
        <section className={classes.recording}>
          <h2>{t("activity.record")}</h2>
          <NewActivity employeeId={employeeId} date={date} draft={draft} set={setDraft} />
          <Earlier employeeId={employeeId} date={date} rows={earlier.data?.items ?? []} fill={setDraft} />
        </section>
        <section id={LIST} className={classes.recorded}>
          {page === undefined ? (
            found.error !== null ? (
              <Failure error={found.error} retry={found.refetch} />
            ) : (
              <Waiting rows={4} height={40} />
            )
          ) : (
            <>
              <MonthLine page={page} date={date} />
              <DayList key={date} date={date} today={today} page={page} again={setDraft} />
            </>
          )}
        </section>
      </div>
    </div>
  );
}
