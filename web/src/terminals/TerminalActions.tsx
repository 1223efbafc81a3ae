import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { attendanceKeys, type Order, retireTerminal, sendCommand, type Terminal } from "../api/attendance";
import { keys } from "../api/queries";
import { localDate, shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { CommandForm } from "../states/CommandForm";
import { type Action, actionsFor, orderOf, type Period } from "./commands";
import classes from "./terminal.module.css";

/** A week back covers what a terminal kept while it had no contact. */
const DAYS_BACK = 7;

/** What the operator may ask of a terminal; nothing goes out before it is confirmed. */
export function TerminalActions({ terminal }: { terminal: Terminal }) {
  const { t } = useWords();
  const [doing, setDoing] = useState<Action | null>(null);
  return (
    <>
      <div className={classes.buttons}>
        {actionsFor(terminal.status).map((action) => (
          <Button
            key={action}
            variant="default"
            aria-expanded={doing === action}
            onClick={() => setDoing(doing === action ? null : action)}
          >
            {t(`order.${action}`)}
          </Button>
        ))}
      </div>
      {doing !== null && <Confirm key={doing} terminal={terminal} action={doing} close={() => setDoing(null)} />}
    </>
  );
}

function Confirm({ terminal, action, close }: { terminal: Terminal; action: Action; close: () => void }) {
  const { t } = useWords();
  const agency = useAgency();
  const client = useQueryClient();
  const today = localDate(new Date().toISOString(), terminal.site?.zone ?? agency.zone);
  const [period, setPeriod] = useState<Period>({ from: shiftDay(today, -DAYS_BACK), to: today });
  const order: Order | null = orderOf(action, period);
  const lacking = action === "resend" && order === null;
  const sending = useMutation({
    mutationFn: async () => {
      if (order !== null) await sendCommand(terminal.serial, order);
      else if (action === "retire") await retireTerminal(terminal.serial);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: attendanceKeys.all });
      await client.invalidateQueries({ queryKey: [...keys.all, "devices"] });
      close();
    },
  });
  return (
    <CommandForm
      label={t(`order.${action}`)}
      lacking={lacking}
      command={sending}
      submit={t(`order.${action}_now`)}
      close={close}
      fields={(tried) => (
        <>
          <p>{t(`order.${action}_effect`)}</p>
          {action === "resend" && (
            <div className={classes.period}>
              <TextInput
                type="date"
                label={t("order.from")}
                value={period.from}
                max={today}
                onChange={(event) => setPeriod({ ...period, from: event.currentTarget.value })}
              />
              <TextInput
                type="date"
                label={t("order.to")}
                value={period.to}
                max={today}
                error={tried && lacking ? t("order.periodWrong") : null}
                onChange={(event) => setPeriod({ ...period, to: event.currentTarget.value })}
              />
            </div>
          )}
        </>
      )}
    />
  );
}
