import type { ExplainedDay, SeenPunch } from "../api/days";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./month.module.css";
import { instantWords, type Telling } from "./steps";

/** The punches around the day in order: what each was used as, or why it was not used. */
export function DayPunches({ found, telling }: { found: ExplainedDay; telling: Telling }) {
  const { t } = useWords();
  const used = new Map(found.day.used.map((one) => [one.punch_id, one.role]));
  const unused = new Map(found.day.not_used.map((one) => [one.punch_id, one.reason]));
  return (
    <section>
      <h2>{t("explain.punches")}</h2>
      {found.punches.length === 0 && <p className="quiet">{t("card.noPunches")}</p>}
      <ol className={classes.punches} data-testid="day-punches">
        {found.punches.map((punch) => {
          const role = used.get(punch.id);
          const reason = unused.get(punch.id);
          return (
            <li key={punch.id}>
              <span data-number>{instantWords(punch.at, telling)}</span>
              <div>
                {role !== undefined && (
                  <>
                    <Glyph shape="full" /> {t("explain.usedAs", { role: t(`punchRole.${role}`) })}
                  </>
                )}
                {reason !== undefined && (
                  <>
                    <Glyph shape="hollow" /> {t("explain.notUsed", { reason: t(`punchUnused.${reason}`) })}
                  </>
                )}
                <Told punch={punch} />
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** By what it came in, what the device called it, and whether somebody still has to look at it. */
function Told({ punch }: { punch: SeenPunch }) {
  const { t } = useWords();
  const { source, direction, flags, outcome } = punch;
  const waits = flags.includes("under_review") && outcome == null;
  return (
    <div className="quiet">
      {t(`punchSource.${source}`)}
      {direction !== "unknown" && ` · ${t("explain.deviceSaid", { said: t(`punchSaid.${direction}`) })}`}
      {waits && (
        <>
          {" "}
          · <Glyph shape="waiting" /> {t("mine.review.open")}
        </>
      )}
    </div>
  );
}
