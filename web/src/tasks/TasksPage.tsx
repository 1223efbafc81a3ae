import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { tasksQuery } from "../api/appraisal";
import { unitsQuery } from "../api/directory";
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
import { NewTask } from "./NewTask";
import { inOrder, TASK_ORDERS } from "./order";
import { TaskTable } from "./TaskTable";
import own from "./tasks.module.css";

const TASKS = "/katalog-tugas";

/** The tasks that activities can be recorded for: of one unit, or of every unit. */
export function TasksPage() {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const { place, to, replace } = usePlace();
  const [typed, type] = useTyped(place.q, (q) => replace(to({ q }, TASKS)));
  const [adding, setAdding] = useState(false);
  const tasks = useQuery(tasksQuery(place.unit));
  const units = useQuery(unitsQuery());
  const heading = useTitle(t("tasks.title"), "tasks", true);
  const today = localDate(new Date().toISOString(), zone);
  const order = orderOf(TASK_ORDERS, place.order);
  const writes = person.roles.includes("bkpsdm");
  const unitNames = new Map(units.data?.items.map(({ id, name }) => [id, name]));
  const unitName = (id: string) => unitNames.get(id) ?? (units.data === undefined ? "…" : t("employees.pastUnit"));
  const words = place.q.toLocaleLowerCase("id").split(/\s+/);
  const matching = tasks.data?.items.filter(({ name }) =>
    words.every((word) => name.toLocaleLowerCase("id").includes(word)),
  );
  const found = matching && inOrder(matching, order, unitName);
  const table = () => ({
    head: (["name", "unit", "from", "until"] as const).map((one) => t(`tasks.${one}`)),
    rows: (found ?? []).map((task) => [
      task.name,
      task.unit_id == null ? t("tasks.everyUnit") : unitName(task.unit_id),
      task.valid_from,
      task.valid_to,
    ]),
  });
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <h1 ref={heading} tabIndex={-1}>
          {t("tasks.title")}
        </h1>
        <div className={classes.tools}>
          {found !== undefined && found.length > 0 && (
            <TakeAway title={t("tasks.title")} file={t("tasks.file")} table={table} />
          )}
          {writes && !adding && (
            <Button variant="default" onClick={() => setAdding(true)}>
              {t("tasks.new")}
            </Button>
          )}
        </div>
      </div>
      <p className={`quiet ${own.why}`}>{t("tasks.why")}</p>
      {adding && (
        <div className={own.new}>
          <h2>{t("tasks.new")}</h2>
          <NewTask today={today} unit={place.unit} close={() => setAdding(false)} />
        </div>
      )}
      <search className={classes.filters}>
        <TextInput
          className={classes.search}
          type="search"
          label={t("tasks.search")}
          placeholder={t("tasks.searchHint")}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <UnitPicker
          className={classes.search}
          label={t("tasks.ofUnit")}
          none={t("tasks.all")}
          value={place.unit}
          choose={(unit) => replace(to({ unit }, TASKS))}
        />
        <OrderChoice
          orders={TASK_ORDERS}
          value={order}
          words={(one) => t(`tables.orders.${one}`)}
          choose={(one) => replace(to({ order: one }, TASKS))}
        />
      </search>
      {found === undefined ? (
        tasks.error !== null ? (
          <Failure top error={tasks.error} retry={tasks.refetch} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : found.length === 0 ? (
        <Notice title={t(place.q === "" && place.unit === null ? "tasks.empty" : "tasks.none")}>
          <p>{t(place.q === "" && place.unit === null ? "tasks.emptyText" : "tasks.noneText")}</p>
        </Notice>
      ) : (
        <>
          <p className="quiet" role="status">
            {t("tasks.shown", {
              shown: integer(found.length, language),
              total: integer(tasks.data?.items.length ?? found.length, language),
            })}
          </p>
          <TaskTable tasks={found} unitName={unitName} today={today} writes={writes} />
        </>
      )}
    </div>
  );
}
