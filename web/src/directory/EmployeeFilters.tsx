import { Select, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Unit } from "../api/directory";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import classes from "./directory.module.css";
import { unitChoices } from "./records";

/** A search starts when the typing rests this long (milliseconds). */
const REST = 250;
export const EMPLOYEES = "/pegawai";

export function EmployeeFilters({ units }: { units: readonly Unit[] }) {
  const { t } = useWords();
  const { place, to, replace } = usePlace();
  const [typed, setTyped] = useState(place.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setTyped(place.q), [place.q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => replace(to({ q: text.trim() }, EMPLOYEES)), REST);
  };
  return (
    <search className={classes.filters}>
      <TextInput
        className={classes.search}
        type="search"
        label={t("employees.search")}
        placeholder={t("employees.searchHint")}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <Select
        className={classes.unit}
        label={t("employees.unit")}
        placeholder={t("employees.allUnits")}
        data={unitChoices(units)}
        value={place.unit}
        onChange={(unit) => replace(to({ unit }, EMPLOYEES))}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("employees.allUnits") }}
        nothingFoundMessage={t("employees.noUnit")}
      />
    </search>
  );
}
