import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { activitiesQuery } from "../api/appraisal";
import { integer } from "../format/number";
import { shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { useToday } from "../shell/useToday";
import { Glyph } from "../states/Glyph";
import { daysPast, ownOverdue } from "../validation/queue";
import classes from "./mine.module.css";

const MINUTE = 60_000;
/** How far back it is looked for. */
const BACK = 45;
/** It moves by the day. */
const FRESH = 10 * MINUTE;

/** One line where the superior has left own activities past their day; it leads to the oldest. */
export function OwnWaiting({ employeeId }: { employeeId: string }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const today = useToday();
  const options = activitiesQuery(employeeId, shiftDay(today, -BACK), today);
  const items = useQuery({ ...options, refetchInterval: false, staleTime: FRESH }).data?.items ?? [];
  const late = ownOverdue(items, today);
  if (late === null) return null;
  return (
    <p className={classes.activities} data-testid="own-waiting">
      <Link href={href("/aktivitas", { date: late.date }, search)}>
        <Glyph shape="waiting" size={14} />{" "}
        {t("reminders.own", {
          number: integer(late.count, language),
          days: t("reminders.days", { count: daysPast(late.oldest, today) }),
        })}
      </Link>
    </p>
  );
}
