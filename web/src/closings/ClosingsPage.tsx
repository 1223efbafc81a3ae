import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { periodsQuery } from "../api/closings";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import own from "../schedules/schedules.module.css";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { useTitle } from "../shell/useTitle";
import classes from "../sites/sites.module.css";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { AdjustmentList } from "./AdjustmentList";
import periods from "./closings.module.css";
import { PeriodCalendar } from "./PeriodCalendar";
import { PeriodItem } from "./PeriodItem";

const FIRST_YEAR = 2024;

/** The periods of the agency: what is open in each, closing one with a signature, and what has changed since. */
export function ClosingsPage() {
  const { t } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const now = Number(localDate(new Date().toISOString(), zone).slice(0, 4));
  const [year, setYear] = useState(now);
  const found = useQuery(periodsQuery(year));
  const heading = useTitle(t("closings.title"), "closings", true);
  const writes = person.roles.includes("bkpsdm");
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("closings.title")}
      </h1>
      <p className={`quiet ${own.why}`}>{t("closings.why")}</p>
      <section className={own.section}>
        <h2>{t("closings.periods")}</h2>
        <fieldset className={own.years}>
          <legend className="hidden">{t("closings.year")}</legend>
          <Button variant="default" disabled={year <= FIRST_YEAR} onClick={() => setYear(year - 1)}>
            {year - 1}
          </Button>
          <strong aria-live="polite">{year}</strong>
          <Button variant="default" disabled={year >= now} onClick={() => setYear(year + 1)}>
            {year + 1}
          </Button>
        </fieldset>
        {found.data === undefined ? (
          found.error !== null ? (
            <Failure error={found.error} retry={found.refetch} />
          ) : (
            <Waiting rows={6} height={36} />
          )
        ) : found.data.items.length === 0 ? (
          <Notice small title={t("closings.none")} />
        ) : (
          <ul className={periods.list} aria-busy={found.isPlaceholderData}>
            {found.data.items.map((one, at, all) => (
              // One reason for many is said once.
              <PeriodItem key={one.first} period={one} writes={writes} told={one.obstacle !== all[at - 1]?.obstacle} />
            ))}
          </ul>
        )}
      </section>
      <section className={own.section}>
        <h2>{t("closings.adjustments")}</h2>
        <p className={`quiet ${own.why}`}>{t("closings.adjustmentsWhy")}</p>
        <AdjustmentList first={null} />
      </section>
      <PeriodCalendar writes={writes} />
    </div>
  );
}
