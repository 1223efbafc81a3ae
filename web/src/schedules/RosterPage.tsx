import { Button, NativeSelect } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { patternsQuery, type RosterChange, rosterCheckQuery, rosterQuery } from "../api/schedules";
import { integer } from "../format/number";
import { localDate, month as monthName } from "../format/time";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { UnitPicker } from "../shell/UnitPicker";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import classes from "../sites/sites.module.css";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import { BrushFields } from "./BrushFields";
import { type Brush, FIRST, wantedOf } from "./brush";
import { CycleForm } from "./CycleForm";
import { type Painting, RosterGrid } from "./RosterGrid";
import { RosterList } from "./RosterList";
import { cellAt, changeOf, count, months, NOTHING, type Pending, painted, presets } from "./roster";
import { SaveRoster } from "./SaveRoster";
import own from "./schedules.module.css";

const PATH = "/jadwal-dinas";
const PAUSE = 400;

/** Who works when: a unit's month, people by days, filled by pressing. */
export function RosterPage() {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const { place, to, replace } = usePlace();
  const narrow = useMediaQuery("(max-width: 767px)", undefined, { getInitialValueInEffect: false });
  const thisMonth = localDate(new Date().toISOString(), zone).slice(0, 7);
  const month = (place.date ?? thisMonth).slice(0, 7);
  const heading = useTitle(t("roster.title"), "roster", true);
  const everybody = person.sees === "all";
  const offered = [...new Set([...months(thisMonth, 6, 6), month])].sort();
  return (
    <div>
      <div className={classes.page}>
        <div className={classes.top}>
          <h1 ref={heading} tabIndex={-1}>
            {t("roster.title")}
          </h1>
        </div>
        <p className={`quiet ${own.why}`}>{t("roster.why")}</p>
      </div>
      <div className={own.tools}>
        <UnitPicker
          label={t("schedules.unit")}
          none={t(everybody ? "schedules.chooseUnit" : "roster.mine")}
          value={place.unit}
          choose={(unit) => replace(to({ unit }, PATH))}
        />
        <NativeSelect
          label={t("roster.month")}
          value={month}
          onChange={(event) => replace(to({ date: `${event.currentTarget.value}-01` }, PATH))}
          data={offered.map((one) => ({ value: one, label: monthName(`${one}-01`, language) }))}
        />
      </div>
      {place.unit === null && everybody ? (
        <Notice title={t("roster.noUnit")}>
          <p>{t("roster.noUnitText")}</p>
        </Notice>
      ) : (
        <Month key={`${place.unit} ${month}`} unit={place.unit} month={month} narrow={narrow ?? false} />
      )}
    </div>
  );
}

function Month({ unit, month, narrow }: { unit: string | null; month: string; narrow: boolean }) {
  const { t, language } = useWords();
  const { person } = usePerson();
  const [cursors, setCursors] = useState<readonly string[]>([""]);
  const [pending, setPending] = useState<Pending>(NOTHING);
  const [brush, setBrush] = useState<Brush>(FIRST);
  const [source, setSource] = useState("");
  const [cycling, setCycling] = useState(false);
  const found = useQuery(rosterQuery(unit, month, cursors.at(-1) ?? ""));
  const patterns = useQuery(patternsQuery());
  const people = found.data?.items ?? [];
  const name = useNames(people.map(({ employee_id }) => employee_id));
  const shifts = presets(patterns.data ?? []);
  const cells = count(pending);
  // What is looked at while it is drawn up has no order to come from yet.
  const change = changeOf(pending, people, month, source.trim() || t("roster.title"));
  const [text] = useDebouncedValue(JSON.stringify({ ...change, source: t("roster.title") }), PAUSE);
  const asked: RosterChange = JSON.parse(text);
  const checking = useQuery(rosterCheckQuery(asked, cells > 0 && asked.people.length > 0));
  if (found.data === undefined) {
    return found.error !== null ? (
      <Failure top error={found.error} retry={found.refetch} />
    ) : (
      <Waiting rows={10} height={40} />
    );
  }
  // Who only watches over the agency, or sees but the own month, changes nothing.
  const writes =
    person.roles.includes("bkpsdm") || (!person.roles.includes("auditor") && people.some((p) => p.editable));
  const remarks = cells > 0 ? (checking.data?.findings ?? []) : [];
  const wrong = (who: string, day: string) =>
    remarks.find((one) => {
      const at = one.warning ? null : cellAt(asked, one.pointer);
      return at?.person === who && at.day === day;
    })?.detail ?? null;
  const wanted = wantedOf(brush, shifts);
  const painting: Painting = {
    roster: found.data,
    name,
    pending,
    wrong,
    writes,
    paint: (who, cell) => wanted !== undefined && setPending(painted(pending, who, cell, wanted)),
  };
  if (people.length === 0) {
    return (
      <Notice title={t("roster.empty")}>
        <p>{t("roster.emptyText")}</p>
      </Notice>
    );
  }
  const days = people[0]?.days ?? [];
  return (
    <>
      {writes && !cycling && (
        <div className={own.brush}>
          <BrushFields label={t("roster.fillWith")} brush={brush} presets={shifts} clears set={setBrush} />
          <p className="quiet">
            {t("roster.press")}{" "}
            <Button variant="subtle" onClick={() => setCycling(true)}>
              {t("roster.cycle")}
            </Button>
          </p>
        </div>
      )}
      {cycling && (
        <section className={own.doing}>
          <h2>{t("roster.cycle")}</h2>
          <CycleForm
            people={people}
            name={name}
            presets={shifts}
            first={days[0]?.day ?? `${month}-01`}
            last={days.at(-1)?.day ?? `${month}-28`}
            close={() => setCycling(false)}
          />
        </section>
      )}
      {cells > 0 && (
        <section className={own.doing}>
          <Refusal error={checking.error} />
          <SaveRoster
            change={change}
            cells={cells}
            found={remarks}
            saves={checking.data?.saves !== false}
            name={name}
            source={source}
            setSource={setSource}
            forget={() => setPending(NOTHING)}
          />
        </section>
      )}
      {narrow ? <RosterList {...painting} /> : <RosterGrid {...painting} />}
      <p className={`quiet ${own.legend}`}>
        <span>{t("roster.legendOff")}</span>
        <span>{t("roster.legendHoliday")}</span>
        <span>{t("roster.legendNone")}</span>
        <span>{t("roster.legendNight")}</span>
        <span>{t("roster.legendBold")}</span>
      </p>
      <div className={own.line}>
        <span className="quiet" role="status">
          {t("roster.shown", {
            shown: integer(people.length, language),
            total: integer(found.data.total, language),
          })}
        </span>
        {cursors.length > 1 && (
          <Button variant="default" onClick={() => setCursors(cursors.slice(0, -1))}>
            {t("roster.before")}
          </Button>
        )}
        {found.data.next_cursor != null && (
          <Button variant="default" onClick={() => setCursors([...cursors, found.data.next_cursor ?? ""])}>
            {t("roster.next")}
          </Button>
        )}
      </div>
    </>
  );
}
