import { useQuery } from "@tanstack/react-query";
import { ownReportsQuery, type Profile, profileQuery } from "../api/directory";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./mine.module.css";
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

function Places({ profile }: { profile: Profile }) {
  const { t, language } = useWords();
  return (
    <>
      {profile.places.map((place) => (
        <dl key={`${place.kind} ${place.post} ${place.unit}`} className={classes.facts}>
          {place.kind === "primary" && profile.number !== null && (
            <>
              <dt>{t("record.number")}</dt>
              <dd data-number>{grouped(profile.number)}</dd>
            </>
          )}
          <dt>
            {place.kind === "primary" ? t("record.post") : t("record.acting", { kind: place.kind.toUpperCase() })}
          </dt>
          <dd>{place.post}</dd>
          <dt>{t("record.unit")}</dt>
          <dd>{place.unit}</dd>
          <dt>{t("record.site")}</dt>
          <dd>{place.site}</dd>
          <dt>{t("record.superior")}</dt>
          <dd>{place.superior?.name ?? t("record.noSuperior")}</dd>
          {place.until !== null && (
            <>
              <dt>{t("record.until")}</dt>
              <dd>{day(place.until, language)}</dd>
            </>
          )}
        </dl>
      ))}
    </>
  );
}

/** As a NIP is written: birth, start or agreement, sex, sequence. */
function grouped(number: string): string {
  return number.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, "$1 $2 $3 $4");
}
