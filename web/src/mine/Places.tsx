import type { Profile } from "../api/directory";
import { grouped } from "../directory/records";
import { day } from "../format/time";
import { useWords } from "../i18n";
import classes from "./mine.module.css";

/** Where somebody works today, as what, under whom; acting posts after the own one. */
export function Places({ profile }: { profile: Profile }) {
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
