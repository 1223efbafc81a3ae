import { memo } from "react";
import { clock, day, zoneName } from "../format/time";
import { useWords } from "../i18n";
import type { Arrival } from "../live/fold";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import classes from "./feed.module.css";

/** Who was recorded last, newest first. Time is of the place where it happened. */
export function Feed(props: { arrivals: readonly Arrival[]; waiting: boolean; refused: boolean }) {
  const { t } = useWords();
  const { sees } = usePerson().person;
  const { arrivals, waiting, refused } = props;
  const words = refused ? "noAccess" : sees === "some" ? "emptySome" : "empty";
  return (
    <section className={classes.feed} aria-labelledby="feed-title">
      <h2 id="feed-title">{t("feed.title")}</h2>
      {arrivals.length === 0 ? (
        waiting ? (
          <Waiting rows={6} />
        ) : (
          <Notice small title={t(`feed.${words}`)}>
            <p>{t(`feed.${words}Text`)}</p>
          </Notice>
        )
      ) : (
        <ol data-testid="feed">
          {arrivals.map((arrival) => (
            <Entry key={arrival.key} arrival={arrival} />
          ))}
        </ol>
      )}
    </section>
  );
}

const Entry = memo(ShownEntry, (before, after) => before.arrival.key === after.arrival.key);

function ShownEntry({ arrival: { person, otherDate, fresh } }: { arrival: Arrival }) {
  const { t, language } = useWords();
  const agency = useAgency();
  const zone = person.first_site?.zone ?? agency.zone;
  const at = person.last_at;
  if (at === null) return null;
  return (
    <li data-mark={fresh ? "0" : undefined}>
      <time dateTime={at}>
        {clock(at, zone, language)} <span className="quiet">{zoneName(zone, at)}</span>
      </time>
      <span className={classes.who}>
        <span className={classes.name}>{person.name}</span>
        <span className="quiet">
          {[
            person.count > 1 ? t("feed.again") : null,
            otherDate === null ? null : t("feed.otherDay", { date: day(otherDate, language) }),
            person.unit.name,
          ]
            .filter((one) => one !== null)
            .join(" · ")}
        </span>
      </span>
    </li>
  );
}
