import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Activity } from "../api/appraisal";
import { integer } from "../format/number";
import { dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { AskAbout } from "./AskAbout";
import classes from "./activities.module.css";
import { ChangeForm } from "./ChangeForm";
import type { Draft } from "./draft";
import { Evidence } from "./Evidence";
import { Facts } from "./Facts";
import { StatusWord } from "./StatusWord";
import { WithdrawForm } from "./WithdrawForm";

interface Props {
  activity: Activity;
  form: "change" | "withdraw" | null;
  open: (form: "change" | "withdraw" | null) => void;
  again: (draft: Draft) => void;
}

/** One entry: what became of it, what was done, what the superior said, and what can still be done about it. An address
 * that ends with `#` and its id points to it. */
export function Entry({ activity, form, open, again }: Props) {
  const { t, language } = useWords();
  const { status } = activity;
  const pointed = window.location.hash === `#${activity.id}`;
  const found = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (pointed) found.current?.scrollIntoView({ block: "center" });
  }, [pointed]);
  const waits = status === "waiting" || status === "returned";
  return (
    <li ref={found} data-status={status} data-pointed={pointed || undefined}>
      <div className={classes.entryTop}>
        <StatusWord status={status} />
        <span data-number>{t("activity.minutes", { number: integer(activity.minutes, language) })}</span>
      </div>
      <h3>{activity.what}</h3>
      <Facts activity={activity} />
      <Evidence activity={activity} own />
      <Said activity={activity} />
      {form === null && status !== "withdrawn" && (
        <div className={classes.buttons}>
          {(waits || status === "validated") && (
            <Button
              variant={status === "returned" ? "default" : "subtle"}
              className={status === "returned" ? undefined : classes.more}
              aria-label={`${t(waits ? "activity.change" : "activity.correct")}: ${activity.what}`}
              onClick={() => open("change")}
            >
              {t(waits ? "activity.change" : "activity.correct")}
            </Button>
          )}
          {waits && (
            <Button
              variant="subtle"
              aria-label={`${t("activity.withdraw")}: ${activity.what}`}
              onClick={() => open("withdraw")}
            >
              {t("activity.withdraw")}
            </Button>
          )}
          <AskAbout activity={activity} />
        </div>
      )}
      {form === "change" && <ChangeForm activity={activity} close={() => open(null)} again={again} />}
      {form === "withdraw" && <WithdrawForm activity={activity} close={() => open(null)} />}
    </li>
  );
}

/** The words that go with its steps, oldest first. */
function Said({ activity }: { activity: Activity }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const said = activity.steps.filter((step) => step.words !== "");
  if (said.length === 0) return null;
  return (
    <ul className={classes.said}>
      {said.map((step) => (
        <li key={`${step.at} ${step.what}`}>
          <span className="quiet">
            {t(`activityStep.${step.what}`)}, {dayAndClock(step.at, zone, language)}
          </span>
          <p>{step.words}</p>
        </li>
      ))}
    </ul>
  );
}
