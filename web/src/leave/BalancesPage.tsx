import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { balanceQuery, leaveQuery, recordLeave } from "../api/leave";
import { shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { ChoosePerson, type Chosen } from "../superiors/ChoosePerson";
import { AdjustForm } from "./AdjustForm";
import { BalanceLine } from "./BalanceLine";
import { EMPTY, justRecorded } from "./draft";
import { LeaveFacts } from "./LeaveFacts";
import { LeaveForm } from "./LeaveForm";
import { LeaveSteps } from "./LeaveSteps";
import { Letters, Unsent } from "./Letters";
import classes from "./leave.module.css";
import { StatusWord } from "./StatusWord";

const BACK = 365;

/** Balances of annual leave, one employee at a time: what the ledger says, adjustments, and what came on paper. */
export function BalancesPage() {
  const { t } = useWords();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const heading = useTitle(t("leave.balances"), "leaveBalances", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("leave.balances")}
      </h1>
      <p className="quiet">{t("leave.balancesWhy")}</p>
      <div className={classes.search}>
        <ChoosePerson label={t("leave.whose")} chosen={chosen} choose={setChosen} error={null} />
      </div>
      {chosen === null ? (
        <Notice title={t("leave.choose")}>
          <p>{t("leave.chooseText")}</p>
        </Notice>
      ) : (
        <Of key={chosen.id} person={chosen} />
      )}
    </div>
  );
}

function Of({ person }: { person: Chosen }) {
  const { t } = useWords();
  const me = usePerson().person;
  const today = useToday();
  const [form, setForm] = useState<"adjust" | "paper" | null>(null);
  const balance = useQuery(balanceQuery(person.id, Number(today.slice(0, 4))));
  const found = useQuery(leaveQuery(person.id, shiftDay(today, -BACK), today));
  const [unsent, setUnsent] = useState<Error | null>(null);
  const close = () => setForm(null);
  const error = balance.error ?? found.error;
  if (balance.data === undefined || found.data === undefined) {
    return error === null ? (
      <Waiting rows={4} height={40} />
    ) : (
      <Failure top error={error} retry={() => Promise.all([balance.refetch(), found.refetch()])} />
    );
  }
  const records = me.roles.includes("bkpsdm") && me.employeeId !== person.id;
  return (
    <div className={classes.columns}>
      <section className={classes.asking}>
        <BalanceLine balance={balance.data} />
        {records && form === null && (
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => setForm("adjust")}>
              {t("leave.adjust")}
            </Button>
            <Button variant="default" onClick={() => setForm("paper")}>
              {t("leave.paper")}
            </Button>
          </div>
        )}
        {!records && <p className="quiet">{t("leave.notOwn")}</p>}
        {form === "adjust" && <AdjustForm employeeId={person.id} today={today} close={close} />}
        {form === "paper" && (
          <LeaveForm
            employeeId={person.id}
            today={today}
            begin={EMPTY}
            label={t("leave.paper")}
            submit={t("leave.paperNow")}
            send={(body, key) => recordLeave(person.id, body, key)}
            sent={(_, error) => {
              setUnsent(error);
              close();
            }}
            close={close}
            paper
          />
        )}
        <Unsent error={unsent} />
      </section>
      <section className={classes.asked}>
        <h2>{t("leave.lately")}</h2>
        {found.data.items.length === 0 ? (
          <Notice small title={t("leave.none")} />
        ) : (
          <ul className={classes.items}>
            {found.data.items.map((leave) => (
              <li key={leave.id} data-status={leave.status}>
                <StatusWord status={leave.status} />
                <h3>{t(`leaveKind.${leave.kind}`)}</h3>
                <LeaveFacts leave={leave} />
                <Letters leave={leave} open={records && justRecorded(leave, me.employeeId, Date.now())} />
                <LeaveSteps leave={leave} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
