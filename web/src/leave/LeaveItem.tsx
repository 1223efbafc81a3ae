import { Button } from "@mantine/core";
import { useState } from "react";
import { changeLeave, type Leave } from "../api/leave";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { CancelForm } from "./CancelForm";
import { cancellable, changeable, draftOf, takesLetters } from "./draft";
import { LeaveFacts } from "./LeaveFacts";
import { LeaveForm } from "./LeaveForm";
import { LeaveSteps } from "./LeaveSteps";
import { Letters } from "./Letters";
import classes from "./leave.module.css";
import { StatusWord } from "./StatusWord";

/** One's own request: what became of it, what was said, and what can still be done about it. */
export function LeaveItem({ leave, today }: { leave: Leave; today: string }) {
  const { t, language } = useWords();
  const [form, setForm] = useState<"change" | "cancel" | null>(null);
  const { status } = leave;
  const close = () => setForm(null);
  const open = changeable(leave);
  const named = (word: string) => ({
    "aria-label": `${word}: ${t(`leaveKind.${leave.kind}`)} ${day(leave.first, language)}`,
    children: word,
  });
  return (
    <li data-status={status}>
      <StatusWord status={status} />
      <h3>{t(`leaveKind.${leave.kind}`)}</h3>
      <LeaveFacts leave={leave} />
      <Letters leave={leave} open={open && takesLetters(leave)} />
      <LeaveSteps leave={leave} />
      {form === null && cancellable(leave) && (
        <div className={classes.buttons}>
          {open && (
            <Button
              variant={status === "returned" ? "default" : "subtle"}
              className={status === "returned" ? undefined : classes.more}
              onClick={() => setForm("change")}
              {...named(t("leave.change"))}
            />
          )}
          <Button
            variant="subtle"
            className={open && status === "returned" ? undefined : classes.more}
            onClick={() => setForm("cancel")}
            {...named(t(open ? "leave.withdraw" : "leave.cancel"))}
          />
        </div>
      )}
      {form === "change" && (
        <LeaveForm
          employeeId={leave.employee_id}
          today={today}
          begin={draftOf(leave)}
          label={t("leave.change")}
          submit={t("leave.changeNow")}
          send={(body) => changeLeave(leave, body)}
          sent={close}
          change={leave.id}
          close={close}
        />
      )}
      {form === "cancel" && <CancelForm leave={leave} today={today} close={close} />}
    </li>
  );
}
