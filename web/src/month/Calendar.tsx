import { useMediaQuery } from "@mantine/hooks";
import { Link } from "wouter";
import type { Day } from "../api/days";
import { clock, day as dayWords, weekday } from "../format/time";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import { dayOf } from "./address";
import { type Cell, holidayOf } from "./month";
import classes from "./month.module.css";
import { Status } from "./Status";

interface Props {
  employeeId: string;
  cells: readonly Cell[];
  today: string;
  /** Names of holidays by the ids of their rows. */
  holidays: ReadonlyMap<string, string>;
}

const ROOM = "(min-width: 768px)"; // as in month.module.css

/** A month, Monday first, in seven columns; where there is no room for them a list of its days, the latest first. */
export function Calendar({ employeeId, cells, today, holidays }: Props) {
  const { language } = useWords();
  const wide = useMediaQuery(ROOM, true, { getInitialValueInEffect: false });
  const shown = wide ? cells : cells.filter(({ date, day }) => day !== null || date <= today).reverse();
  return (
    <div className={classes.calendar}>
      <div className={classes.weekdays} aria-hidden="true">
        {[1, 2, 3, 4, 5, 6, 7].map((column) => (
          <span key={column}>{weekday(column, language)}</span>
        ))}
      </div>
      <ol className={classes.days}>
        {shown.map((cell) => (
          <li
            key={cell.date}
            style={{ "--column": cell.column } as React.CSSProperties}
            data-status={cell.day?.status ?? "none"}
            data-date={cell.date}
            aria-current={cell.date === today ? "date" : undefined}
          >
            <Content cell={cell} employeeId={employeeId} today={today} holidays={holidays} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Content({ cell, employeeId, today, holidays }: { cell: Cell } & Omit<Props, "cells">) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const { date, day } = cell;
  const title = (
    <>
      <span className={classes.number} aria-hidden="true">
        {Number(date.slice(8))}
      </span>
      <span className={classes.date}>{dayWords(date, language)}</span>
      {date === today && <span className={classes.today}>{t("day.today")}</span>}
    </>
  );
  if (day === null) {
    return (
      <div className={classes.cell}>
        <span className={classes.title}>{title}</span>
        {date < today && <span className="quiet">{t("month.nothing")}</span>}
      </div>
    );
  }
  return (
    <Link href={dayOf(employeeId, date, search)} className={classes.cell}>
      <span className={classes.title}>{title}</span>
      <Status day={day} holiday={holidayOf(day, holidays)} />
      <Times day={day} />
    </Link>
  );
}

/** From the first to the last punch that counts. */
function Times({ day }: { day: Day }) {
  const { t, language } = useWords();
  const { first_in, last_out, zone, shifts } = day;
  // Without a shift they are only the first and the last punch, and mean nothing.
  if (shifts.length === 0 || (first_in == null && last_out == null)) return null;
  const said = (at: string | null | undefined) => (at == null ? "…" : clock(at, zone, language));
  return (
    <span className={classes.times} data-number>
      <span className="hidden">{t("month.times")} </span>
      {said(first_in)} – {said(last_out)}
    </span>
  );
}
