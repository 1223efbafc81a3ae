import { useQuery } from "@tanstack/react-query";
import { dayQuery } from "../api/queries";
import type { EmployeeDay } from "../api/types";
import { day, localDate, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useNow } from "../live/useNow";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { NotFound } from "../shell/NotFound";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { MyRecord } from "./MyRecord";
import classes from "./mine.module.css";
import { Punches } from "./Punches";
import { Readers } from "./Readers";

/** An employee's own day: whether it is recorded that one is in, since when, where, and by what. */
export function MyDayPage() {
  const { person } = usePerson();
  return person.employeeId === null ? <NotFound /> : <MyDay employeeId={person.employeeId} name={person.name} />;
}

const MINUTE = 60_000;

function MyDay({ employeeId, name }: { employeeId: string; name: string }) {
  const { t, language } = useWords();
  const agency = useAgency();
  const now = new Date(useNow(MINUTE)).toISOString();
  const asked = useQuery(dayQuery(employeeId, localDate(now, agency.zone)));
  // Somebody on another island may be in the next day already: the site's clock decides.
  const date = localDate(now, asked.data?.site?.zone ?? agency.zone);
  const found = useQuery(dayQuery(employeeId, date));
  const heading = useTitle(t("mine.title"), "mine", true);

  return (
    <div className={classes.page}>
      <p className="quiet">{day(date, language)}</p>
      <h1 ref={heading} tabIndex={-1} className={classes.name}>
        {name}
      </h1>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={4} height={28} />
        )
      ) : (
        <Recorded day={found.data} />
      )}
      <MyRecord employeeId={employeeId} />
      <Readers employeeId={employeeId} />
    </div>
  );
}

function Recorded({ day }: { day: EmployeeDay }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const [first] = day.punches;
  if (first === undefined) {
    return (
      <Notice title={t("mine.absent")}>
        <p>{t("mine.absentText")}</p>
      </Notice>
    );
  }
  const since = zonedClock(first.at, first.site?.zone ?? zone, language);
  return (
    <>
      <p className={classes.state} data-testid="my-state">
        <Glyph shape="full" size={18} /> {t("mine.present", { time: since })}
        {first.site !== null && <span className="quiet"> · {first.site.name}</span>}
      </p>
      {day.incomplete.length > 0 && (
        <p className={classes.warning} role="status">
          <Glyph shape="warning" size={16} /> {t("mine.incomplete")}
        </p>
      )}
      <Punches punches={day.punches} />
    </>
  );
}
