import { useQuery } from "@tanstack/react-query";
import { chainDaysQuery } from "../api/integrity";
import { shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { PeriodPicker } from "../shell/PeriodPicker";
import type { Period } from "../shell/period";
import { usePeriod } from "../shell/usePeriod";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { ChainDay } from "./ChainDay";
import classes from "./integrity.module.css";
import { useChecking } from "./useChecking";

const SPANS = ["range"] as const;

/** The last 31 days: a month, wherever in it today is. */
function lately(today: string): Period {
  return { span: "range", from: shiftDay(today, -30), to: today };
}

/** Days of the chain, each to be checked against what the journal holds. */
export function ChainDays() {
  const { t } = useWords();
  const today = useToday();
  const { period: asked, change } = usePeriod(today);
  const period = asked.span === "range" ? asked : lately(today);
  const found = useQuery(chainDaysQuery(period.from, period.to));
  const { check, checks, busy } = useChecking();
  return (
    <section aria-label={t("integrity.days")} aria-busy={found.isPlaceholderData}>
      <h2>{t("integrity.days")}</h2>
      <p className="quiet">{t("integrity.daysWhy")}</p>
      <div className={classes.period}>
        <PeriodPicker period={period} latest={today} change={change} spans={SPANS} />
      </div>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={40} />
        )
      ) : found.data.items.length === 0 ? (
        <Notice small title={t("integrity.noDays")}>
          <p>{t("integrity.noDaysText")}</p>
        </Notice>
      ) : (
        <ul className={classes.list}>
          {found.data.items.map((row) => (
            <ChainDay
              key={row.day}
              row={row}
              today={row.day === today}
              check={checks[row.day] ?? null}
              busy={busy}
              start={() => check(row.day)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
