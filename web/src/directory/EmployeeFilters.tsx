import { TextInput } from "@mantine/core";
import { EMPLOYEE_ORDERS } from "../api/directory";
import { useWords } from "../i18n";
import { UnitPicker } from "../shell/UnitPicker";
import { usePlace } from "../shell/usePlace";
import { useTyped } from "../shell/useTyped";
import { OrderChoice, orderOf } from "../tables/OrderChoice";
import classes from "./directory.module.css";

export const EMPLOYEES = "/pegawai";

export function EmployeeFilters() {
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
      <UnitPicker
        className={classes.unit}
        label={t("employees.unit")}
        none={t("employees.allUnits")}
        value={place.unit}
        choose={(unit) => replace(to({ unit }, EMPLOYEES))}
      />
      <OrderChoice
        orders={EMPLOYEE_ORDERS}
        value={orderOf(EMPLOYEE_ORDERS, place.order)}
        words={(order) => t(`tables.orders.${order}`)}
        choose={(order) => replace(to({ order }, EMPLOYEES))}
      />
    </search>
  );
}
