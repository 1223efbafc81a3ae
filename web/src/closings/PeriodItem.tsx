import { Button, Progress } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Closing, type Period, verifyClosing } from "../api/closings";
import { integer } from "../format/number";
import { dayAndClock, days } from "../format/time";
import { useWords } from "../i18n";
import own from "../schedules/schedules.module.css";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import { AdjustmentList } from "./AdjustmentList";
import { CloseForm } from "./CloseForm";
import classes from "./closings.module.css";

/** One period: how it stands, and what can be done with it. `told`: why it cannot be closed is said here. */
export function PeriodItem({ period, writes, told }: { period: Period; writes: boolean; told: boolean }) {
  const { t, language } = useWords();
  const [closing, setClosing] = useState(false);
  const name = days(period.first, period.last, language);
  return (
    <li className={classes.period} data-period={period.first} data-state={period.state}>
      <div className={classes.head}>
        <h3>{name}</h3>
        <span>
          {period.state === "closed" && <Glyph shape="full" />} {t(`closingState.${period.state}`)}
        </span>
        {writes && period.state === "open" && period.obstacle === null && !closing && (
          <Button variant="default" aria-label={`${t("closings.close")}: ${name}`} onClick={() => setClosing(true)}>
            {t("closings.close")}
          </Button>
        )}
      </div>
      {period.state === "open" && told && period.obstacle != null && (
        <p className="quiet">
          {period.obstacle.charAt(0).toUpperCase()}
          {period.obstacle.slice(1)}.
        </p>
      )}
      {closing && period.state === "open" && <CloseForm period={period} name={name} close={() => setClosing(false)} />}
      {period.closing != null && period.state === "closing" && <Running closing={period.closing} name={name} />}
      {period.closing != null && period.state === "closed" && <Closed first={period.first} closing={period.closing} />}
    </li>
  );
}

function Running({ closing, name }: { closing: Closing; name: string }) {
  const { t, language } = useWords();
  const { done, people, waits_for_key } = closing;
  return (
    <div className={classes.running} role="status">
      <p>
        {waits_for_key
          ? t("closings.waitsForKey")
          : t("closings.progress", { done: integer(done, language), people: integer(people, language) })}
      </p>
      <Progress value={people === 0 ? 0 : (100 * done) / people} aria-label={`${t("closingState.closing")}: ${name}`} />
    </div>
  );
}

function Closed({ first, closing }: { first: string; closing: Closing }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const [open, setOpen] = useState(false);
  const verifying = useMutation({ mutationFn: () => verifyClosing(first) });
  const { head } = closing;
  if (head == null) return null;
  const proof = verifying.data;
  return (
    <div className={classes.closed}>
      <p className="quiet">
        {t("closings.closedAt", { time: dayAndClock(head.closed_at, zone, language) })} ·{" "}
        {t("closings.people", { count: head.people, number: integer(head.people, language) })} ·{" "}
        {t("closings.signedAdjustments", { count: head.adjusted_days, number: integer(head.adjusted_days, language) })}
      </p>
      {closing.words != null && <p className="quiet">{t("closings.reason", { words: closing.words })}</p>}
      <div className={own.line}>
        <Button variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "closings.less" : "closings.more")}
        </Button>
        <Button variant="subtle" loading={verifying.isPending} onClick={() => verifying.mutate()}>
          {t("closings.verify")}
        </Button>
      </div>
      <Refusal error={verifying.error} />
      {proof !== undefined && (
        <div role={proof.wrong.length === 0 ? "status" : "alert"}>
          {proof.wrong.length === 0 ? (
            <p>
              <Glyph shape="full" /> {t("closings.fits", { number: integer(proof.people, language) })}
            </p>
          ) : (
            proof.wrong.map((one) => (
              <p key={one}>
                <Glyph shape="wrong" /> {one}
              </p>
            ))
          )}
        </div>
      )}
      {open && (
        <>
          <dl className={classes.signature}>
            <dt>{t("closings.digest")}</dt>
            <dd>{closing.digest}</dd>
            <dt>{t("closings.signature")}</dt>
            <dd>{closing.signature}</dd>
            <dt>{t("closings.key")}</dt>
            <dd>{head.key_id}</dd>
            <dt>{t("closings.before")}</dt>
            <dd>{head.number === 1 ? t("closings.firstOfAll") : head.previous}</dd>
          </dl>
          {head.adjusted_days > 0 && <AdjustmentList first={first} />}
        </>
      )}
    </div>
  );
}
