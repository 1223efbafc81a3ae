import type { CheckInView } from "../api/checkins";
import { day, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { Answer } from "./Answer";
import classes from "./checkin.module.css";
import { Doubts } from "./Doubts";
import { Steps } from "./Steps";

/** The check-ins of the last days that somebody may want to say something about, newest first. */
export function Recent({ rows }: { rows: readonly CheckInView[] }) {
  const { t } = useWords();
  const doubted = rows.filter((row) => row.review !== "none");
  if (doubted.length === 0) return null;
  return (
    <section className={classes.recent}>
      <h2>{t("doubt.title")}</h2>
      <p className="quiet">{t("doubt.why")}</p>
      <ul className={classes.rows}>
        {doubted.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { row: CheckInView }) {
  const { t, language } = useWords();
  return (
    <li id={row.id}>
      <h3>
        {t(`checkin.${row.kind}`)} · {day(row.local_date, language)},{" "}
        {zonedClock(row.occurred_at, row.site.zone, language)}
      </h3>
      <p>{t(`doubt.review.${row.review}`)}</p>
      <Doubts doubts={row.doubts} />
      <Steps steps={row.steps ?? []} zone={row.site.zone} />
      <Answer row={row} />
    </li>
  );
}
