import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unitsQuery } from "../api/directory";
import { patternsQuery, readyQuery, unitPatternsQuery } from "../api/schedules";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { useTitle } from "../shell/useTitle";
import classes from "../sites/sites.module.css";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { AssignForm } from "./AssignForm";
import { Beginning } from "./Beginning";
import { PatternForm } from "./PatternForm";
import { PatternItem } from "./PatternItem";
import { Ready } from "./Ready";
import own from "./schedules.module.css";
import { UnitPatterns } from "./UnitPatterns";

/** The patterns of an agency's working time, and which units work by which. */
export function WorkingTimePage() {
  const { t } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const [doing, setDoing] = useState<"pattern" | "assign" | null>(null);
  const patterns = useQuery(patternsQuery());
  const ready = useQuery(readyQuery());
  const given = useQuery(unitPatternsQuery());
  const units = useQuery(unitsQuery());
  const heading = useTitle(t("schedules.title"), "schedules", true);
  const today = localDate(new Date().toISOString(), zone);
  const writes = person.roles.includes("bkpsdm");
  const unitNames = new Map(units.data?.items.map(({ id, name }) => [id, name]));
  const unitName = (id: string) => unitNames.get(id) ?? (units.data === undefined ? "…" : t("employees.pastUnit"));
  const roots = units.data?.items.filter(({ depth }) => depth === 0).map(({ id }) => id) ?? [];
  const untaken = ready.data?.filter(({ taken }) => !taken) ?? [];
  const none = patterns.data?.length === 0;
  const error = patterns.error ?? given.error;
  const close = () => setDoing(null);
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <h1 ref={heading} tabIndex={-1}>
          {t("schedules.title")}
        </h1>
        {writes && doing === null && (
          <div className={classes.tools}>
            {!none && <Button onClick={() => setDoing("assign")}>{t("schedules.assign")}</Button>}
            <Button variant="default" onClick={() => setDoing("pattern")}>
              {t("schedules.newPattern")}
            </Button>
          </div>
        )}
      </div>
      <p className={`quiet ${own.why}`}>{t("schedules.why")}</p>
      {doing === "pattern" && (
        <section className={own.doing}>
          <h2>{t("schedules.newPattern")}</h2>
          <PatternForm read={null} today={today} close={close} />
        </section>
      )}
      {doing === "assign" && patterns.data !== undefined && (
        <section className={own.doing}>
          <h2>{t("schedules.assign")}</h2>
          <AssignForm patterns={patterns.data} today={today} close={close} />
        </section>
      )}
      {patterns.data === undefined || given.data === undefined ? (
        error !== null ? (
          <Failure top error={error} retry={() => Promise.all([patterns.refetch(), given.refetch()])} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : (
        <>
          {none && (
            <Notice title={t("schedules.empty")}>
              <p>{t("schedules.emptyText")}</p>
            </Notice>
          )}
          {!none && <Beginning writes={writes} />}
          {given.data.length > 0 && (
            <section className={own.section}>
              <h2>{t("schedules.units")}</h2>
              <UnitPatterns given={given.data} patterns={patterns.data} unitName={unitName} writes={writes} />
            </section>
          )}
          {!none && (
            <section className={own.section}>
              <h2>{t("schedules.patterns")}</h2>
              <div className={own.patterns}>
                {patterns.data.map((one) => (
                  <PatternItem
                    key={one.id}
                    pattern={one}
                    today={today}
                    writes={writes}
                    units={
                      given.data.filter((a) => a.pattern_id === one.id && (a.valid_to == null || today <= a.valid_to))
                        .length
                    }
                  />
                ))}
              </div>
            </section>
          )}
          {writes && untaken.length > 0 && (
            <section className={own.section}>
              <h2>{t("schedules.ready")}</h2>
              <p className={`quiet ${own.why}`}>{t("schedules.readyWhy")}</p>
              <div className={own.patterns}>
                {untaken.map((one) => (
                  <Ready key={one.key} ready={one} roots={none ? roots : []} from={`${today.slice(0, 4)}-01-01`} />
                ))}
              </div>
            </section>
          )}
        </>
      )}
    </div>
  );
}
