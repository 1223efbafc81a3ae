import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unitsQuery } from "../api/directory";
import { servicesQuery } from "../api/feedback";
import { integer } from "../format/number";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { UnitPicker } from "../shell/UnitPicker";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useTyped } from "../shell/useTyped";
import classes from "../sites/sites.module.css";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { OrderChoice, orderOf } from "../tables/OrderChoice";
import { TakeAway } from "../tables/TakeAway";
import { inOrder, TASK_ORDERS } from "../tasks/order";
import own from "../tasks/tasks.module.css";
import { withBelow } from "./own";
import { ServiceForm } from "./ServiceForm";
import { ServiceTable } from "./ServiceTable";
import { useOwnUnits } from "./useOwnUnits";

const SERVICES = "/layanan";

/** The services that citizens rate, with their counters; here the personnel agency keeps them, and heads print codes. */
export function ServicesPage() {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const { place, to, replace } = usePlace();
  const [typed, type] = useTyped(place.q, (q) => replace(to({ q }, SERVICES)));
  const [adding, setAdding] = useState(false);
  const services = useQuery(servicesQuery(place.unit));
  const units = useQuery(unitsQuery());
  const heading = useTitle(t("services.title"), "services", true);
  const today = localDate(new Date().toISOString(), zone);
  const order = orderOf(TASK_ORDERS, place.order);
  const writes = person.roles.includes("bkpsdm");
  const heads = person.roles.includes("pimpinan");
  const { units: held = [] } = useOwnUnits(heads ? person.employeeId : null, today);
  const led = withBelow(held, units.data?.items ?? []);
  const unitNames = new Map(units.data?.items.map(({ id, name }) => [id, name]));
  const unitName = (id: string) => unitNames.get(id) ?? (units.data === undefined ? "…" : t("employees.pastUnit"));
  const words = place.q.toLocaleLowerCase("id").split(/\s+/);
  const matching = services.data?.items.filter(({ name }) =>
    words.every((word) => name.toLocaleLowerCase("id").includes(word)),
  );
  const found = matching && inOrder(matching, order, unitName);
  const table = () => ({
    head: [t("services.name"), t("services.unit"), t("services.counters"), t("tasks.from"), t("tasks.until")],
    rows: (found ?? []).map((one) => [
      one.name,
      unitName(one.unit_id),
      (one.counters ?? []).join(", "),
      one.valid_from,
      one.valid_to,
    ]),
  });
  const all = place.q === "" && place.unit === null;
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <h1 ref={heading} tabIndex={-1}>
          {t("services.title")}
        </h1>
        <div className={classes.tools}>
          {found !== undefined && found.length > 0 && (
            <TakeAway title={t("services.title")} file={t("services.file")} table={table} />
          )}
          {writes && !adding && (
            <Button variant="default" onClick={() => setAdding(true)}>
              {t("services.new")}
            </Button>
          )}
        </div>
      </div>
      <p className={`quiet ${own.why}`}>{t("services.why")}</p>
      {adding && (
        <div className={own.new}>
          <h2>{t("services.new")}</h2>
          <ServiceForm service={null} today={today} unit={place.unit} close={() => setAdding(false)} />
        </div>
      )}
      <search className={classes.filters}>
        <TextInput
          className={classes.search}
          type="search"
          label={t("services.search")}
          placeholder={t("tasks.searchHint")}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <UnitPicker
          className={classes.search}
          label={t("services.ofUnit")}
          none={t("services.everyUnit")}
          value={place.unit}
          choose={(unit) => replace(to({ unit }, SERVICES))}
        />
        <OrderChoice
          orders={TASK_ORDERS}
          value={order}
          words={(one) => t(`tables.orders.${one}`)}
          choose={(one) => replace(to({ order: one }, SERVICES))}
        />
      </search>
      {found === undefined ? (
        services.error !== null ? (
          <Failure top error={services.error} retry={services.refetch} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : found.length === 0 ? (
        <Notice title={t(all ? "services.empty" : "services.none")}>
          <p>{t(all ? "services.emptyText" : "services.noneText")}</p>
        </Notice>
      ) : (
        <>
          <p className="quiet" role="status">
            {t("services.shown", {
              shown: integer(found.length, language),
              total: integer(services.data?.items.length ?? found.length, language),
            })}
          </p>
          <ServiceTable
            services={found}
            unitName={unitName}
            today={today}
            writes={writes}
            prints={(unit) => writes || led.has(unit)}
          />
        </>
      )}
    </div>
  );
}
