import { Select, TextInput } from "@mantine/core";
import type { Unit } from "../api/directory";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import { useTyped } from "../shell/useTyped";
import classes from "./directory.module.css";
import { unitChoices } from "./records";

export const EMPLOYEES = "/pegawai";

export function EmployeeFilters({ units }: { units: readonly Unit[] }) {
  const { t } = useWords();
  const { place, to, replace } = usePlace();
  const [typed, type] = useTyped(place.q, (q) => replace(to({ q }, EMPLOYEES)));
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
