import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Pattern } from "../api/schedules";
import { day, days } from "../format/time";
import { useWords } from "../i18n";
import { versionOn } from "./hours";
import { PatternForm } from "./PatternForm";
import { RemoveRow } from "./RemoveRow";
import classes from "./schedules.module.css";
import { Week } from "./Week";

/** One pattern as it holds today, its other versions, and what the personnel agency does with it. */
export function PatternItem(props: { pattern: Pattern; today: string; writes: boolean; units: number }) {
  const { t, language } = useWords();
  const { pattern, today, writes, units } = props;
  const now = versionOn(pattern.versions, today);
  const [at, setAt] = useState<string | null>(null);
  const [editing, setEditing] = useState(false);
  const shown = pattern.versions.find((one) => one.valid_from === at) ?? now;
  const period = (from: string, to: string | null | undefined) =>
    to == null ? t("schedules.since", { date: day(from, language) }) : days(from, to, language);
  return (
    <article className={classes.pattern} aria-label={pattern.name}>
      <div className={classes.line}>
        <h3>{pattern.name}</h3>
        <span className="quiet">{t("schedules.heldBy", { count: units })}</span>
      </div>
      {editing ? (
        <PatternForm read={pattern} today={today} close={() => setEditing(false)} />
      ) : (
        shown !== undefined && (
          <>
            {pattern.versions.length > 1 ? (
              <NativeSelect
                className={classes.version}
                label={t("schedules.version")}
                value={shown.valid_from}
                onChange={(event) => setAt(event.currentTarget.value)}
                data={pattern.versions.map((one) => ({
                  value: one.valid_from,
                  label: period(one.valid_from, one.valid_to),
                }))}
              />
            ) : (
              <p className="quiet">{period(shown.valid_from, shown.valid_to)}</p>
            )}
            <Week version={shown} name={pattern.name} />
            <p className="quiet">
              {t(shown.observes_holidays ? "schedules.closedOnHolidays" : "schedules.openOnHolidays")}
              {shown.anchor != null && ` ${t("schedules.cycleFrom", { date: day(shown.anchor, language) })}`}
            </p>
            <p className="quiet">{shown.source}</p>
            {writes && (
              <div className={classes.line}>
                <Button
                  variant="default"
                  aria-label={`${t("schedules.edit")}: ${pattern.name}`}
                  onClick={() => setEditing(true)}
                >
                  {t("schedules.edit")}
                </Button>
                <RemoveRow plural="patterns" row={pattern} name={pattern.name} />
              </div>
            )}
          </>
        )
      )}
    </article>
  );
}
