import { useQuery } from "@tanstack/react-query";
import { ownReportsQuery, profileQuery } from "../api/directory";
import { useWords } from "../i18n";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./mine.module.css";
import { Places } from "./Places";
import { SuperiorReport } from "./SuperiorReport";

/** What the directory says of oneself today, and a way to say that its superior is the wrong one. */
export function MyRecord({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const profile = useQuery(profileQuery(employeeId));
  const reports = useQuery(ownReportsQuery(employeeId));
  return (
    <section className={classes.record}>
      <h2>{t("record.title")}</h2>
      {profile.data === undefined ? (
        profile.error !== null ? (
          <Failure error={profile.error} retry={profile.refetch} />
        ) : (
          <Waiting rows={4} />
        )
      ) : (
        <>
          <Places profile={profile.data} />
          <SuperiorReport employeeId={employeeId} last={reports.data?.[0] ?? null} ready={reports.data !== undefined} />
        </>
      )}
    </section>
  );
}
