import type { ReactNode } from "react";
import { Link } from "wouter";
import type { MonthPerson, MonthReport, MonthSums } from "../api/reports";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { monthOf } from "../month/address";
import { usePlace } from "../shell/usePlace";
import { useToday } from "../shell/useToday";
import { COLUMNS } from "./columns";
import classes from "./report.module.css";

/** Each unit directly below, with everything below it. */
export function UnitSums({ units, to }: { units: MonthReport["children"]; to: (unit: string) => string }) {
  const { t } = useWords();
  return (
    <Table caption={t("card.below")} who={t("units.unit")}>
      {units.map(({ unit, sums }) => (
        <Row key={unit.id} sums={sums}>
          <Link href={to(unit.id)}>{unit.name}</Link>
        </Row>
      ))}
    </Table>
  );
}

/** Each employee; the name opens the calendar of the month. */
export function PeopleSums({ people, first }: { people: readonly MonthPerson[]; first: string }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const today = useToday();
  return (
    <Table caption={t("report.employees")} who={t("report.employee")}>
      {people.map((one) => (
        <Row key={one.employee_id} sums={one.sums} id={one.employee_id}>
          <Link href={monthOf(one.employee_id, search, first, today)}>{one.name ?? t("report.unknown")}</Link>
          <span className="quiet">{[one.post_title, one.unit?.name].filter(Boolean).join(" · ")}</span>
          {one.elsewhere && <span className="quiet">{t("report.elsewhere")}</span>}
          {one.open_cases > 0 && (
            <span>{t("report.openCases", { count: one.open_cases, number: integer(one.open_cases, language) })}</span>
          )}
        </Row>
      ))}
    </Table>
  );
}

function Table({ caption, who, children }: { caption: string; who: string; children: ReactNode }) {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be within reach of the keyboard
    <section className={classes.wide} tabIndex={0} aria-label={caption}>
      <table className={classes.table}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{who}</th>
            {COLUMNS.map(({ name }) => (
              <th key={name} scope="col" data-number>
                {t(`report.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

function Row({ sums, id, children }: { sums: MonthSums; id?: string; children: ReactNode }) {
  const { t, language } = useWords();
  return (
    <tr data-employee={id}>
      <th scope="row">
        <span className={classes.who}>{children}</span>
      </th>
      {COLUMNS.map(({ name, of }) => (
        <td key={name} data-number data-column={name} data-nothing={of(sums) === 0 || undefined}>
          <span className={classes.name} aria-hidden="true">
            {t(`report.column.${name}`)}
          </span>
          {integer(of(sums), language)}
        </td>
      ))}
    </tr>
  );
}
