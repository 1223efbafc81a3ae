import { Button } from "@mantine/core";
import type { DayOfChain } from "../api/integrity";
import { integer } from "../format/number";
import { day as dayWords } from "../format/time";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import classes from "./integrity.module.css";
import type { Check } from "./useChecking";

/** As much of a hash as the eye compares. */
const SHORT = 12;

/** One day of the chain, and what the check of it has come to. */
export function ChainDay(props: {
  row: DayOfChain;
  today: boolean;
  check: Check | null;
  busy: boolean;
  start: () => void;
}) {
  const { t, language } = useWords();
  const { row, today, check, busy, start } = props;
  const number = (value: number) => integer(value, language);
  const on = dayWords(row.day, language);
  return (
    <li data-day={row.day}>
      <div className={classes.row}>
        <div>
          <h3>{on}</h3>
          <p>
            {t("integrity.punches", { count: row.punches, number: number(row.punches) })} ·{" "}
            {t("integrity.links", { count: row.links, number: number(row.links) })} ·{" "}
            <Glyph shape={row.closed ? "full" : "hollow"} />{" "}
            {t(row.closed ? "integrity.dayClosed" : "integrity.dayOpen")}
          </p>
          <details>
            <summary>
              {t("integrity.head")} <code>{row.head.slice(0, SHORT)}…</code>
            </summary>
            <code className={classes.hash}>{row.head}</code>
          </details>
        </div>
        <Button
          variant="default"
          loading={check?.state === "running"}
          disabled={busy}
          aria-label={`${t(today ? "integrity.checkToday" : "integrity.check")}: ${on}`}
          onClick={start}
        >
          {t(today ? "integrity.checkToday" : "integrity.check")}
        </Button>
      </div>
      {check?.error && <Refusal error={check.error} />}
      <p role="status" hidden={check === null || check.state === "failed"}>
        {check !== null && check.state !== "failed" && <Told check={check} of={row.punches} />}
      </p>
    </li>
  );
}

function Told({ check, of }: { check: Check; of: number }) {
  const { t, language } = useWords();
  const number = integer(check.punches, language);
  const count = check.findings.size;
  const findings = t("integrity.found", { count, number: integer(count, language) });
  if (check.state === "running") {
    return (
      <>
        <Glyph shape="waiting" /> {t("integrity.checking", { number, of: integer(of, language) })}
        {count > 0 && ` ${findings}`}
      </>
    );
  }
  return count === 0 ? (
    <>
      <Glyph shape="full" /> {t("integrity.allWell", { count: check.punches, number })}
    </>
  ) : (
    <>
      <Glyph shape="wrong" /> {findings} {t("integrity.seeFindings")}
    </>
  );
}
