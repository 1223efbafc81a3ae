import { useQuery } from "@tanstack/react-query";
import { Evidence } from "../activities/Evidence";
import { Facts } from "../activities/Facts";
import { StatusWord } from "../activities/StatusWord";
import { activitiesQuery } from "../api/appraisal";
import { isForbidden } from "../api/client";
import { dayQuery } from "../api/queries";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Punches } from "../mine/Punches";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./card.module.css";

interface Props {
  employeeId: string;
  date: string;
}

/** What a day is made of. */
export function DayEvents({ employeeId, date }: Props) {
  const { t } = useWords();
  const found = useQuery(dayQuery(employeeId, date));
  return (
    <>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={2} />
        )
      ) : found.data.punches.length === 0 ? (
        <p className="quiet">{t("card.noPunches")}</p>
      ) : (
        <Punches punches={found.data.punches} />
      )}
      <Activities employeeId={employeeId} date={date} />
    </>
  );
}

/** Told by the service that keeps them: who sees a unit's figures need not see its people's texts. */
function Activities({ employeeId, date }: Props) {
  const { t, language } = useWords();
  const found = useQuery(activitiesQuery(employeeId, date, date));
  if (isForbidden(found.error)) return <p className="quiet">{t("card.noTexts")}</p>;
  if (found.data === undefined) {
    return found.error !== null ? <Failure error={found.error} retry={found.refetch} /> : <Waiting rows={2} />;
  }
  const shown = found.data.items.filter(({ status, date: of }) => status !== "withdrawn" && of === date);
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>{t("card.activities")}</h2>
      <ul className={classes.done}>
        {shown.map((one) => (
          <li key={one.id}>
            <span data-number>{t("activity.minutes", { number: integer(one.minutes, language) })}</span>
            <div>
              {one.what} <StatusWord status={one.status} />
              <Facts activity={one} />
              <Evidence activity={one} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
