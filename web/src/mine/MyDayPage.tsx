import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../api/client";
import { dayQuery } from "../api/queries";
import type { EmployeeDay } from "../api/types";
import { day, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { LatestNote } from "../notes/LatestNote";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { NotFound } from "../shell/NotFound";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Waiting } from "../states/Waiting";
import { Reminders } from "../validation/Reminders";
import { MyCheckIns } from "./MyCheckIns";
import classes from "./mine.module.css";
import { OwnPunches } from "./OwnPunches";
import { OwnWaiting } from "./OwnWaiting";
import { TodayActivities } from "./TodayActivities";
import { useOwnDate } from "./useOwnDate";

/** An employee's own day: whether it is recorded that one is in, since when, where, and by what. */
export function MyDayPage() {
  const { person } = usePerson();
  return person.employeeId === null ? <NotFound /> : <MyDay employeeId={person.employeeId} name={person.name} />;
}

function MyDay({ employeeId, name }: { employeeId: string; name: string }) {
  const { t, language } = useWords();
  const date = useOwnDate(employeeId);
  const found = useQuery(dayQuery(employeeId, date));
  const heading = useTitle(t("mine.title"), "mine", true);

  return (
    <div className={classes.page}>
      <p className="quiet">{day(date, language)}</p>
      <h1 ref={heading} tabIndex={-1} className={classes.name}>
        {name}
      </h1>
      {found.data !== undefined ? (
        <Recorded day={found.data} />
      ) : found.error === null ? (
        <Waiting rows={1} height={28} />
      ) : (
        <NotKnown error={found.error} retry={found.refetch} />
      )}
      <MyCheckIns employeeId={employeeId} date={date} day={found.data}>
        <TodayActivities employeeId={employeeId} />
        <OwnWaiting employeeId={employeeId} />
        <Reminders employeeId={employeeId} />
        <LatestNote employeeId={employeeId} />
      </MyCheckIns>
      {found.data !== undefined && found.data.punches.length > 0 && (
        <OwnPunches employeeId={employeeId} date={date} punches={found.data.punches} />
      )}
    </div>
  );
}

/** Without a network the button works all the same: what is not known takes one line, not the screen. */
function NotKnown({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useWords();
  if (!(error instanceof ApiError) || error.kind !== "offline") return <Failure error={error} retry={retry} />;
  return (
    <p className={classes.state} role="status">
      <Glyph shape="warning" size={18} /> {t("mine.offline")}
    </p>
  );
}

function Recorded({ day }: { day: EmployeeDay }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const [first] = day.punches;
  if (first === undefined) {
    return (
      <p className={classes.state} data-testid="my-state">
        <Glyph shape="hollow" size={18} /> {t("mine.absent")}
      </p>
    );
  }
  const since = zonedClock(first.at, first.site?.zone ?? zone, language);
  return (
    <>
      <p className={classes.state} data-testid="my-state">
        <Glyph shape="full" size={18} /> {t("mine.present", { time: since })}
        {first.site !== null && <span className="quiet">{first.site.name}</span>}
      </p>
      {day.incomplete.length > 0 && (
        <p className={classes.warning} role="status">
          <Glyph shape="warning" size={16} /> {t("mine.incomplete")}
        </p>
      )}
    </>
  );
}
