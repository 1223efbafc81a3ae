import { clock, zoneName } from "../format/time";
import { useWords } from "../i18n";
import type { Arrival } from "../live/fold";
import { useAgency } from "../shell/agency";
import classes from "./wall.module.css";

export function WallFeed({ arrivals }: { arrivals: readonly Arrival[] }) {
  const { t, language } = useWords();
  const agency = useAgency();
  return (
    <section className={classes.feed} aria-labelledby="wall-feed">
      <h2 id="wall-feed">{t("wall.latest")}</h2>
      {arrivals.length === 0 && <p className="quiet">{t("feed.emptyText")}</p>}
      <ol data-testid="feed">
        {arrivals.map(({ key, person, fresh }) => {
          const zone = person.first_site?.zone ?? agency.zone;
          return (
            person.last_at !== null && (
              <li key={key} data-mark={fresh ? "0" : undefined}>
                <span className="quiet">
                  {clock(person.last_at, zone, language)} {zoneName(zone, person.last_at)}
                </span>
                <span className={classes.person}>{person.name}</span>
              </li>
            )
          );
        })}
      </ol>
    </section>
  );
}
