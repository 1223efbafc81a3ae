import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { RosterCellButton } from "./RosterCellButton";
import type { Painting } from "./RosterGrid";
import classes from "./schedules.module.css";

/** The month of one person as a list: for a narrow screen. */
export function RosterList({ roster, name, pending, wrong, writes, paint }: Painting) {
  const { t, language } = useWords();
  const [chosen, choose] = useState<string | null>(null);
  const person = roster.items.find(({ employee_id }) => employee_id === chosen) ?? roster.items[0];
  if (person === undefined) return null;
  return (
    <>
      <NativeSelect
        label={t("roster.person")}
        value={person.employee_id}
        onChange={(event) => choose(event.currentTarget.value)}
        data={roster.items.map(({ employee_id }) => ({ value: employee_id, label: name(employee_id) }))}
      />
      <ul className={classes.dayList}>
        {person.days.map((cell) => (
          <li key={cell.day}>
            <span>
              {day(cell.day, language)}
              {cell.holiday != null && <span className="quiet"> · {cell.holiday}</span>}
            </span>
            <RosterCellButton
              wide
              name={name(person.employee_id)}
              cell={cell}
              pending={pending.get(person.employee_id)?.get(cell.day)}
              wrong={wrong(person.employee_id, cell.day)}
              editable={writes && person.editable}
              paint={() => paint(person, cell)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
