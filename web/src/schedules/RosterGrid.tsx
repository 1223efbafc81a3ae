import type { MonthRoster, PersonRoster, RosterCell } from "../api/schedules";
import { useWords } from "../i18n";
import { weekday } from "./hours";
import { RosterCellButton } from "./RosterCellButton";
import type { Pending } from "./roster";
import classes from "./schedules.module.css";

export interface Painting {
  roster: MonthRoster;
  name: (id: string) => string;
  pending: Pending;
  /** What is wrong with a cell of a change; null: nothing. */
  wrong: (person: string, day: string) => string | null;
  /** Whether this account changes anything. */
  writes: boolean;
  paint: (person: PersonRoster, cell: RosterCell) => void;
}

/** People by days. */
export function RosterGrid({ roster, name, pending, wrong, writes, paint }: Painting) {
  const { t, language } = useWords();
  const dates = roster.items[0]?.days.map(({ day }) => day) ?? [];
  const closed = new Map(roster.holidays.filter(({ everywhere }) => everywhere).map((one) => [one.day, one.name]));
  const place = (date: string) => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by the keyboard
    <section className={classes.scroll} aria-label={t("roster.title")} tabIndex={0}>
      <table className={classes.grid}>
        <caption className="hidden">{t("roster.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("roster.person")}</th>
            {dates.map((date) => (
              <th key={date} scope="col" data-closed={closed.has(date) || place(date) === 6 || undefined}>
                <span title={closed.get(date)}>
                  {weekday(place(date), language)}
                  <br />
                  {Number(date.slice(8))}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {roster.items.map((person) => (
            <tr key={person.employee_id}>
              <th scope="row">{name(person.employee_id)}</th>
              {person.days.map((cell) => (
                <td key={cell.day}>
                  <RosterCellButton
                    name={name(person.employee_id)}
                    cell={cell}
                    pending={pending.get(person.employee_id)?.get(cell.day)}
                    wrong={wrong(person.employee_id, cell.day)}
                    editable={writes && person.editable}
                    paint={() => paint(person, cell)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
