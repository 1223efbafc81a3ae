import { Link } from "wouter";
import type { CountedDay } from "../api/discipline";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { dayOf } from "../month/address";
import { usePlace } from "../shell/usePlace";
import classes from "./discipline.module.css";

/** The days that count; each opens to its explanation. */
export function Days({ employeeId, days }: { employeeId: string; days: readonly CountedDay[] }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  return (
    <ul className={`${classes.list} ${classes.days}`}>
      {days.map((one) => (
        <li key={one.day} data-date={one.day}>
          <Link href={dayOf(employeeId, one.day, search)}>{day(one.day, language)}</Link>
          <span>
            {one.state === "absent"
              ? t("discipline.absent")
              : t("discipline.minutes", { number: integer(one.minutes, language), count: one.minutes })}
          </span>
        </li>
      ))}
    </ul>
  );
}
