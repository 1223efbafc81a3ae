import { Progress } from "@mantine/core";
import type { ActivityPage } from "../api/appraisal";
import { integer, percent, share } from "../format/number";
import { month } from "../format/time";
import { useWords } from "../i18n";
import classes from "./activities.module.css";
import { StatusCount } from "./StatusWord";

/** What a month comes to: effective minutes against its norm, and what became of its entries. */
export function MonthLine({ page, date }: { page: ActivityPage; date: string }) {
  const { t, language } = useWords();
  const { tally, month_norm_minutes: norm, day_cap_minutes: cap } = page;
  const part = share(tally.effective_minutes, norm);
  const waiting = page.items.filter((one) => one.status === "waiting");
  const sum = waiting.reduce((minutes, one) => minutes + one.minutes, 0);
  return (
    <div className={classes.month} data-testid="month">
      <h2 id="activity-month">{month(date, language)}</h2>
      <p>
        <strong data-number>{integer(tally.effective_minutes, language)}</strong>{" "}
        {t("activity.ofNorm", { norm: integer(norm, language) })}
        {part !== null && part > 0 && <span className="quiet"> · {percent(part, language)}</span>}
      </p>
      <Progress
        value={Math.min(100, (part ?? 0) * 100)}
        size={6}
        aria-label={t("activity.monthBar")}
        transitionDuration={0}
      />
      <p className={classes.counts}>
        <StatusCount status="validated" count={tally.validated} />
        <StatusCount status="waiting" count={tally.waiting} minutes={sum} />
        {tally.returned > 0 && <StatusCount status="returned" count={tally.returned} />}
        {tally.rejected > 0 && <StatusCount status="rejected" count={tally.rejected} />}
      </p>
      <p className="quiet">{t("activity.effectiveWhy", { cap: integer(cap, language) })}</p>
    </div>
  );
}
