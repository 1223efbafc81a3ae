import { useState } from "react";
import type { CardDay } from "../api/types";
import { integer } from "../format/number";
import { day, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import classes from "./card.module.css";
import { DayEvents } from "./DayEvents";

/** The days of a card, newest first. Each opens to the events it is made of. */
export function DayTable({ days, employeeId, title }: { days: readonly CardDay[]; employeeId: string; title: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <table className={classes.table}>
      <caption className="hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("card.day")}</th>
          <th scope="col">{t("card.presence")}</th>
          <th scope="col" data-number>
            {t("card.claimed")}
          </th>
          <th scope="col" data-number>
            {t("card.effective")}
          </th>
          <th scope="col">{t("card.entries")}</th>
        </tr>
      </thead>
      <tbody>
        {[...days].reverse().map((one) => (
          <Row
            key={one.date}
            one={one}
            employeeId={employeeId}
            open={open === one.date}
            toggle={() => setOpen(open === one.date ? null : one.date)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: { one: CardDay; employeeId: string; open: boolean; toggle: () => void }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { one, employeeId, open, toggle } = props;
  const clock = (at: string | null) => at !== null && zonedClock(at, one.first_site?.zone ?? zone, language);
  const something = one.present || one.work !== null;
  return (
    <>
      <tr data-nothing={!something || undefined}>
        <th scope="row">
          {something ? (
            <button type="button" className={classes.opener} aria-expanded={open} onClick={toggle}>
              {day(one.date, language)}
            </button>
          ) : (
            day(one.date, language)
          )}
        </th>
        <td>
          {one.present ? (
            <>
              <Glyph shape="full" /> <span data-number>{clock(one.first_at)}</span>
              {one.last_at !== one.first_at && <span data-number> – {clock(one.last_at)}</span>}
            </>
          ) : (
            <span className="quiet">–</span>
          )}
        </td>
        <td data-number>{one.work === null ? "" : integer(one.work.minutes, language)}</td>
        <td data-number>{one.work === null ? "" : integer(one.work.effective_minutes, language)}</td>
        <td>
          {one.work !== null && t("card.entriesOf", { count: one.work.entries })}
          {one.attention.length > 0 && (
            <span className="quiet"> · {one.attention.map((reason) => t(`attention.short.${reason}`)).join(", ")}</span>
          )}
          {one.work !== null && one.work.waiting > 0 && (
            <span className="quiet"> · {t("card.waitingOf", { count: one.work.waiting })}</span>
          )}
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={5} className={classes.events}>
            <DayEvents employeeId={employeeId} date={one.date} />
          </td>
        </tr>
      )}
    </>
  );
}
