import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askLeave, balanceQuery, type Leave, leaveQuery } from "../api/leave";
import { shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { NotFound } from "../shell/NotFound";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { BalanceLine } from "./BalanceLine";
import { EMPTY } from "./draft";
import { LeaveForm } from "./LeaveForm";
import { LeaveItem } from "./LeaveItem";
import { Unsent } from "./Letters";
import classes from "./leave.module.css";

/** How far back and ahead one's requests are shown, in days: two periods of a year, which is what is asked for at once. */
const BACK = 120;
const AHEAD = 245;
const FAR_AHEAD = AHEAD + 365;

/** Leave, duty and permits of an employee: what is left, a request in a few taps, and what became of the others. */
export function LeavePage() {
  const { person } = usePerson();
  return person.employeeId === null ? <NotFound /> : <OwnLeave employeeId={person.employeeId} />;
}

function OwnLeave({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const today = useToday();
  const found = useQuery(leaveQuery(employeeId, shiftDay(today, -BACK), shiftDay(today, AHEAD)));
  const later = useQuery(leaveQuery(employeeId, shiftDay(today, AHEAD + 1), shiftDay(today, FAR_AHEAD)));
  const rows = found.data &&
    later.data && [...new Map([...later.data.items, ...found.data.items].map((row) => [row.id, row])).values()];
  const present = Number(today.slice(0, 4));
  const [year, setYear] = useState(present);
  const balance = useQuery(balanceQuery(employeeId, year));
  const [made, setMade] = useState<{ leave: Leave; unsent: Error | null } | null>(null);
  const heading = useTitle(t("leave.title"), "leave", true);
  const error = found.error ?? later.error ?? balance.error;
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("leave.title")}
      </h1>
      <div className={classes.columns}>
        <section className={classes.asking}>
          <SegmentedControl
            aria-label={t("leave.year")}
            value={String(year)}
            onChange={(chosen) => setYear(Number(chosen))}
            data={[present, present + 1].map(String)}
          />
          {balance.data !== undefined && <BalanceLine balance={balance.data} />}
          <h2>{t("leave.ask")}</h2>
          <LeaveForm
            key={made?.leave.id}
            employeeId={employeeId}
            today={today}
            begin={EMPTY}
            label={t("leave.ask")}
            submit={t("leave.askNow")}
            send={(body, key) => askLeave(employeeId, body, key)}
            sent={(leave, unsent) => setMade({ leave, unsent })}
          />
          <p role="status">
            {made !== null && (
              <>
                <Glyph shape="full" /> {t("leave.sent")}
              </>
            )}
          </p>
          <Unsent error={made?.unsent ?? null} />
        </section>
        <section className={classes.asked}>
          <h2>{t("leave.mine")}</h2>
          {rows === undefined || balance.data === undefined ? (
            error !== null ? (
              <Failure error={error} retry={() => Promise.all([found.refetch(), later.refetch(), balance.refetch()])} />
            ) : (
              <Waiting rows={4} height={40} />
            )
          ) : rows.length === 0 ? (
            <Notice small title={t("leave.none")}>
              <p>{t("leave.noneText")}</p>
            </Notice>
          ) : (
            <ul className={classes.items}>
              {rows.map((leave) => (
                <LeaveItem key={leave.id} leave={leave} today={today} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </div>
  );
}
