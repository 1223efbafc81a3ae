import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Correction as Row } from "../api/corrections";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { ChangeForm } from "./ChangeForm";
import classes from "./corrections.module.css";
import { Proof } from "./Proof";
import { StatusWord } from "./StatusWord";
import { Steps } from "./Steps";
import { useClaimed } from "./useClaimed";
import { WithdrawForm } from "./WithdrawForm";

/** One correction of one's own: what was claimed, what became of it, and what can still be done about it. An address
 * that ends with `#` and its id points to it. */
export function Correction({ row, changed }: { row: Row; changed?: (now: Row | null) => unknown }) {
  const { t, language } = useWords();
  const claimed = useClaimed();
  const [form, setForm] = useState<"change" | "withdraw" | null>(null);
  const pointed = window.location.hash === `#${row.id}`;
  const found = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (pointed) found.current?.scrollIntoView({ block: "center" });
  }, [pointed]);
  const open = row.status === "waiting" || row.status === "returned";
  const named = (word: string) => ({ "aria-label": `${word}: ${claimed(row)}`, children: word });
  return (
    <li ref={found} data-status={row.status} data-pointed={pointed || undefined}>
      <div className={classes.head}>
        <StatusWord status={row.status} />
        <span className="quiet">{day(row.date, language)}</span>
      </div>
      <h2>{claimed(row)}</h2>
      <p>{row.reason}</p>
      {row.status === "waiting" && (
        <p className="quiet">{t("correction.until", { date: day(row.superior_until, language) })}</p>
      )}
      <Proof correction={row} own {...(changed !== undefined && { changed })} />
      <Steps steps={row.steps} zone={row.zone} />
      {open && form === null && (
        <div className={classes.buttons}>
          <Button
            variant={row.status === "returned" ? "filled" : "default"}
            onClick={() => setForm("change")}
            {...named(t("correction.change"))}
          />
          <Button variant="subtle" onClick={() => setForm("withdraw")} {...named(t("correction.withdraw"))} />
        </div>
      )}
      {form === "change" && <ChangeForm correction={row} changed={changed ?? (() => {})} close={() => setForm(null)} />}
      {form === "withdraw" && (
        <WithdrawForm correction={row} changed={changed ?? (() => {})} close={() => setForm(null)} />
      )}
    </li>
  );
}
