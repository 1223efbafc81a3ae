import { Link } from "wouter";
import type { Employee, Unit } from "../api/directory";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import classes from "./directory.module.css";
import { EMPLOYEES } from "./EmployeeFilters";
import { displayName, grouped, numberOn, postOn } from "./records";

export function EmployeeTable({ people, units }: { people: readonly Employee[]; units: readonly Unit[] }) {
  const { t } = useWords();
  const { zone } = useAgency();
  const { search } = usePlace();
  const today = localDate(new Date().toISOString(), zone);
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return (
    <table className={classes.table}>
      <caption className="hidden">{t("employees.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("employees.name")}</th>
          <th scope="col">{t("record.number")}</th>
          <th scope="col">{t("employees.status")}</th>
          <th scope="col">{t("record.unit")}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => {
          const number = numberOn(person, today);
          const post = postOn(person, today);
          return (
            <tr key={person.id}>
              <th scope="row">
                <Link href={href(`${EMPLOYEES}/${person.id}`, {}, search)}>{displayName(person)}</Link>
              </th>
              <td data-number>{number === null ? <span className="quiet">–</span> : grouped(number)}</td>
              <td>{t(`status.${person.status}`)}</td>
              <td>
                {post === null ? <span className="quiet">{t("employees.noPost")}</span> : names.get(post.unit_id)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
