import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sitesQuery } from "../api/directory";
import { holidaysQuery } from "../api/schedules";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { href } from "../shell/address";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import classes from "../sites/sites.module.css";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { HolidayFile } from "./HolidayFile";
import { HolidayForm } from "./HolidayForm";
import { HolidayTable } from "./HolidayTable";
import { Ramadans } from "./Ramadans";
import own from "./schedules.module.css";

const PATH = "/hari-libur";

/** The days on which offices are closed, year by year, and the days of Ramadan. */
export function HolidaysPage() {
  const { t } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const { search, place, replace } = usePlace();
  const today = localDate(new Date().toISOString(), zone);
  const year = Number((place.date ?? today).slice(0, 4));
  const [doing, setDoing] = useState<"add" | "file" | null>(null);
  const found = useQuery(holidaysQuery(year));
  const sites = useQuery(sitesQuery());
  const heading = useTitle(t("holidays.title"), "holidays", true);
  const writes = person.roles.includes("bkpsdm");
  const names = new Map(sites.data?.items.map(({ id, name }) => [id, name]));
  const show = (other: number) => replace(href(PATH, { date: `${other}-01-01` }, search));
  const close = () => setDoing(null);
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <h1 ref={heading} tabIndex={-1}>
          {t("holidays.title")}
        </h1>
        {writes && doing === null && (
          <div className={classes.tools}>
            <Button onClick={() => setDoing("add")}>{t("holidays.new")}</Button>
            <Button variant="default" onClick={() => setDoing("file")}>
              {t("holidays.import")}
            </Button>
          </div>
        )}
      </div>
      <p className={`quiet ${own.why}`}>{t("holidays.why")}</p>
      {doing === "add" && (
        <section className={own.doing}>
          <h2>{t("holidays.new")}</h2>
          <HolidayForm year={year} close={close} />
        </section>
      )}
      {doing === "file" && (
        <section className={own.doing}>
          <h2>{t("holidays.import")}</h2>
          <HolidayFile close={close} />
        </section>
      )}
      <fieldset className={own.years}>
        <legend className="hidden">{t("holidays.year")}</legend>
        <Button variant="default" aria-label={t("holidays.before")} onClick={() => show(year - 1)}>
          ‹
        </Button>
        <strong role="status">{year}</strong>
        <Button variant="default" aria-label={t("holidays.after")} onClick={() => show(year + 1)}>
          ›
        </Button>
      </fieldset>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : found.data.length === 0 ? (
        <Notice title={t("holidays.none")}>
          <p>{t("holidays.noneText")}</p>
        </Notice>
      ) : (
        <HolidayTable holidays={found.data} siteName={(id) => names.get(id) ?? "…"} writes={writes} />
      )}
      <Ramadans writes={writes} />
    </div>
  );
}
