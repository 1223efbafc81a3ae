import { Button } from "@mantine/core";
import { useState } from "react";
import type { ActivityPage } from "../api/appraisal";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { Notice } from "../states/Notice";
import classes from "./activities.module.css";
import type { Draft } from "./draft";
import { Entry } from "./Entry";

/** The entries of one day and their sum. What was withdrawn is shown on demand. */
export function DayList(props: { date: string; today: string; page: ActivityPage; again: (draft: Draft) => void }) {
  const { t, language } = useWords();
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<{ id: string; form: "change" | "withdraw" } | null>(null);
  const { date, today, page, again } = props;
  const rows = page.items.filter((one) => one.date === date);
  const claimed = rows.filter(({ status }) => status !== "withdrawn" && status !== "rejected");
  const minutes = claimed.reduce((sum, one) => sum + one.minutes, 0);
  const withdrawn = rows.filter(({ status }) => status === "withdrawn");
  // What is being written to an entry stays, whatever becomes of the entry meanwhile.
  const shown = rows.filter((one) => all || one.status !== "withdrawn" || one.id === open?.id);
  return (
    <>
      <div className={classes.dayTop}>
        <h2>{date === today ? t("day.today") : day(date, language)}</h2>
        {rows.length > withdrawn.length && (
          <p data-testid="day-sum" data-number>
            {t("activity.daySum", {
              count: claimed.length,
              number: integer(claimed.length, language),
              minutes: integer(minutes, language),
            })}
          </p>
        )}
      </div>
      {shown.length === 0 && (
        <Notice small title={t("activity.none")}>
          <p>{t("activity.noneText")}</p>
        </Notice>
      )}
      <ul className={classes.entries}>
        {shown.map((one) => (
          <Entry
            key={one.id}
            activity={one}
            form={open?.id === one.id ? open.form : null}
            open={(form) => setOpen(form === null ? null : { id: one.id, form })}
            again={again}
          />
        ))}
      </ul>
      {withdrawn.length > 0 && (
        <Button variant="subtle" className={classes.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("activity.hideWithdrawn") : t("activity.showWithdrawn", { count: withdrawn.length })}
        </Button>
      )}
    </>
  );
}
