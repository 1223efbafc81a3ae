import { Button, Progress } from "@mantine/core";
import { useState } from "react";
import type { Balance } from "../api/leave";
import { dayCount } from "../format/number";
import { useWords } from "../i18n";
import { Ledger } from "./Ledger";
import classes from "./leave.module.css";

/** Annual leave of a year: what is left of what there was, and the ledger behind it. */
export function BalanceLine({ balance }: { balance: Balance }) {
  const { t, language } = useWords();
  const [opened, setOpened] = useState(false);
  const number = (value: string) => dayCount(value, language);
  const all = Number(balance.carried) + Number(balance.granted) + Number(balance.adjusted) - Number(balance.forfeited);
  const left = Number(balance.left);
  return (
    <div className={classes.balance} data-testid="leave-balance">
      <h2>{t("leave.balance", { year: String(balance.year) })}</h2>
      <p>
        <strong data-number>{t("leave.left", { number: number(balance.left) })}</strong>{" "}
        <span className="quiet" data-number>
          {t("leave.ofAll", { number: number(String(all)) })}
        </span>
      </p>
      {all > 0 && (
        <Progress
          value={Math.min(100, Math.max(0, (left / all) * 100))}
          size={6}
          aria-label={t("leave.balanceBar")}
          transitionDuration={0}
        />
      )}
      <p className={classes.facts}>
        <span data-number>{t("leave.granted", { number: number(balance.granted) })}</span>
        <span data-number>{t("leave.carried", { number: number(balance.carried) })}</span>
        {Number(balance.adjusted) !== 0 && (
          <span data-number>{t("leave.adjusted", { number: number(balance.adjusted) })}</span>
        )}
        <span data-number>{t("leave.used", { number: number(balance.used) })}</span>
        {Number(balance.forfeited) !== 0 && (
          <span data-number>{t("leave.forfeited", { number: number(balance.forfeited) })}</span>
        )}
      </p>
      {balance.entries.length === 0 ? (
        <p className="quiet">{t("leave.noEntries")}</p>
      ) : (
        <Button variant="subtle" className={classes.more} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t(opened ? "leave.hideLedger" : "leave.showLedger")}
        </Button>
      )}
      {opened && <Ledger balance={balance} />}
    </div>
  );
}
