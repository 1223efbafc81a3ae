import { Button } from "@mantine/core";
import { Fragment, useState } from "react";
import type { Task } from "../api/appraisal";
import { day } from "../format/time";
import { useWords } from "../i18n";
import classes from "../sites/sites.module.css";
import { Glyph } from "../states/Glyph";
import { EndTask } from "./EndTask";
import { hasEnded } from "./order";
import own from "./tasks.module.css";

/** The tasks with their last days; whoever keeps the catalogue ends one here. */
export function TaskTable(props: {
  tasks: readonly Task[];
  unitName: (id: string) => string;
  today: string;
  writes: boolean;
}) {
  const { t, language } = useWords();
  const [ending, setEnding] = useState<string | null>(null);
  const { tasks, unitName, today, writes } = props;
  return (
    <table className={classes.table}>
      <caption className="hidden">{t("tasks.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("tasks.name")}</th>
          <th scope="col">{t("tasks.unit")}</th>
          <th scope="col">{t("tasks.from")}</th>
          <th scope="col">{t("tasks.until")}</th>
          {writes && (
            <td>
              <span className="hidden">{t("tasks.end")}</span>
            </td>
          )}
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <Fragment key={task.id}>
            <tr>
              <th scope="row">{task.name}</th>
              <td className={task.unit_id == null ? "quiet" : undefined}>
                {task.unit_id == null ? t("tasks.everyUnit") : unitName(task.unit_id)}
              </td>
              <td data-number>
                <span className={classes.label}>{t("tasks.from")} </span>
                {day(task.valid_from, language)}
              </td>
              <td data-number data-none={task.valid_to == null || undefined}>
                <span className={classes.label}>{t("tasks.until")} </span>
                {task.valid_to == null ? (
                  <span className="quiet">{t("employees.open")}</span>
                ) : (
                  day(task.valid_to, language)
                )}
                {hasEnded(task, today) && (
                  <span className="quiet">
                    {" "}
                    <Glyph shape="hollow" /> {t("tasks.ended")}
                  </span>
                )}
              </td>
              {writes && (
                <td className={own.end}>
                  {task.id !== ending && !hasEnded(task, today) && (
                    <Button
                      variant="subtle"
                      aria-label={`${t("tasks.end")}: ${task.name}`}
                      onClick={() => setEnding(task.id)}
                    >
                      {t("tasks.end")}
                    </Button>
                  )}
                </td>
              )}
            </tr>
            {task.id === ending && (
              <tr>
                <td colSpan={5}>
                  <EndTask task={task} today={today} close={() => setEnding(null)} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
