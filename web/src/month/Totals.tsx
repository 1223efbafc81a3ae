import type { Day } from "../api/days";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { totals } from "./month";
import classes from "./month.module.css";
import { lengthWords } from "./steps";

/** What the month comes to. */
export function Totals({ days }: { days: readonly Day[] }) {
  const { t, language } = useWords();
  const sum = totals(days);
  const lasting = (minutes: number) => lengthWords(minutes, t);
  const figures = [
    { name: "required", value: integer(sum.required, language), more: null },
    { name: "present", value: integer(sum.present, language), more: null },
    { name: "absent", value: integer(sum.absent, language), more: null },
    { name: "excused", value: integer(sum.excused, language), more: null },
    { name: "late", value: lasting(sum.lateMinutes), more: t("month.onDays", { count: sum.lateDays }) },
    { name: "early", value: lasting(sum.earlyMinutes), more: t("month.onDays", { count: sum.earlyDays }) },
    {
      name: "effective",
      value: lasting(sum.effectiveMinutes),
      more: t("month.ofRequired", { required: lasting(sum.requiredMinutes) }),
    },
  ] as const;
  return (
    <dl className={classes.totals}>
      {figures.map(({ name, value, more }) => (
        <div key={name}>
          <dt>{t(`monthSum.${name}`)}</dt>
          <dd>
            <strong data-testid={`month-${name}`}>{value}</strong>
            {more !== null && <span className="quiet">{more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
