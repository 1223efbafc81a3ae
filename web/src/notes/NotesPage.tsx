import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { givenNotesQuery, notesQuery, unitPraiseQuery, waitingRequestsQuery } from "../api/notes";
import { integer } from "../format/number";
import { shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { href } from "../shell/address";
import { NotFound } from "../shell/NotFound";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { AskFeedback } from "./AskFeedback";
import { Led } from "./Led";
import { NoteList } from "./NoteList";
import classes from "./notes.module.css";
import { PraiseColleague } from "./PraiseColleague";
import { Requests } from "./Requests";
import { useLed } from "./useLed";

/** A year, as the service answers at once. */
const BACK = 365;
const PATH = "/umpan-balik";
/** The last part of the address of each. */
const TABS = { received: "", given: "diberikan", requests: "permintaan", unit: "unit" } as const;
type Tab = keyof typeof TABS;
const ORDER: readonly Tab[] = ["received", "given", "requests", "unit"];

/** What is said to an employee, what the employee says, asks for, and what the unit is proud of. */
export function NotesPage({ tab }: { tab: string }) {
  const { person } = usePerson();
  const shown = ORDER.find((one) => TABS[one] === tab);
  if (person.employeeId === null || shown === undefined) return <NotFound />;
  return <Notes employeeId={person.employeeId} tab={shown} />;
}

function Notes({ employeeId, tab }: { employeeId: string; tab: Tab }) {
  const { t, language } = useWords();
  const { search, replace } = usePlace();
  const today = useToday();
  const led = useLed();
  const waiting = useQuery(waitingRequestsQuery()).data?.waiting ?? 0;
  const heading = useTitle(t("notes.title"), "notes", true);
  const show = (one: Tab) => replace(href([PATH, TABS[one]].filter(Boolean).join("/"), {}, search));
  const label = (one: Tab) =>
    `${t(`noteTab.${one}`)}${one === "requests" && waiting > 0 ? ` (${integer(waiting, language)})` : ""}`;
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("notes.title")}
      </h1>
      <div className={classes.buttons}>
        <PraiseColleague employeeId={employeeId} />
        <AskFeedback employeeId={employeeId} today={today} asked={() => show("requests")} />
      </div>
      <SegmentedControl
        className={classes.tabs}
        aria-label={t("notes.tabs")}
        value={tab}
        onChange={(chosen) => show(chosen as Tab)}
        data={ORDER.map((one) => ({ value: one, label: label(one) }))}
      />
      {tab === "received" && <Received employeeId={employeeId} today={today} />}
      {tab === "given" && (
        <>
          <Led people={led} />
          <GivenNotes employeeId={employeeId} today={today} titled={led.length > 0} />
        </>
      )}
      {tab === "requests" && <Requests employeeId={employeeId} leads={led.length > 0} />}
      {tab === "unit" && <UnitPraise employeeId={employeeId} />}
    </div>
  );
}

function Received({ employeeId, today }: { employeeId: string; today: string }) {
  return <NoteList side="received" found={useQuery(notesQuery(employeeId, shiftDay(today, -BACK), today))} />;
}

function GivenNotes({ employeeId, today, titled }: { employeeId: string; today: string; titled: boolean }) {
  const { t } = useWords();
  const found = useQuery(givenNotesQuery(employeeId, shiftDay(today, -BACK), today));
  return (
    <section>
      {titled && <h2>{t("notes.givenBefore")}</h2>}
      <NoteList side="given" found={found} />
    </section>
  );
}

function UnitPraise({ employeeId }: { employeeId: string }) {
  return <NoteList side="unit" found={useQuery(unitPraiseQuery(employeeId))} />;
}
