import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Activity, activityKeys, recordActivity } from "../api/appraisal";
import { isRefused } from "../api/client";
import { integer } from "../format/number";
import { day, shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import classes from "./activities.module.css";
import { again, contentOf, type Draft } from "./draft";
import { frequentOf, repeatable } from "./earlier";

interface Props {
  employeeId: string;
  date: string;
  /** Of the last weeks, newest first. */
  rows: readonly Activity[];
  fill: (draft: Draft) => void;
}

/** What was recorded before: the last working day's entries once more, and the texts that come most often. */
export function Earlier({ employeeId, date, rows, fill }: Props) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const repeat = repeatable(rows, date);
  const frequent = frequentOf(rows);
  const choose = (one: Activity) => {
    fill(again(one));
    // Filled in, it is one press from being sent; on a phone the form is above.
    document.querySelector<HTMLElement>(`.${classes.recording} [type=submit]`)?.focus();
  };
  return (
    <>
      {repeat !== null && (
        <div className={classes.earlier}>
          <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {repeat.date === shiftDay(date, -1)
              ? t("activity.repeatYesterday", { count: repeat.items.length })
              : t("activity.repeat", { count: repeat.items.length, date: day(repeat.date, language) })}
          </Button>
          {open && (
            <ul>
              {repeat.items.map((one) => (
                <Repeated key={one.id} one={one} employeeId={employeeId} date={date} change={() => choose(one)} />
              ))}
            </ul>
          )}
        </div>
      )}
      {frequent.length > 0 && (
        <div className={classes.earlier}>
          <h3>{t("activity.frequent")}</h3>
          <ul>
            {frequent.map((one) => (
              <li key={one.id}>
                <Button
                  variant="subtle"
                  fullWidth
                  justify="space-between"
                  className={classes.often}
                  onClick={() => choose(one)}
                  rightSection={t("activity.minutes", { number: integer(one.minutes, language) })}
                >
                  <span className={classes.cut}>{one.what}</span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** One of them as a draft: recorded by one tap, or changed first. */
function Repeated(props: { one: Activity; employeeId: string; date: string; change: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { one, employeeId, date, change } = props;
  const key = useRef(crypto.randomUUID());
  const saving = useMutation({
    mutationFn: () => recordActivity(employeeId, { ...contentOf(again(one)), date }, key.current),
    onSuccess: () => client.invalidateQueries({ queryKey: activityKeys.own(employeeId) }),
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID();
    },
  });
  return (
    <li className={classes.repeated}>
      <span>
        {one.what}{" "}
        <span className="quiet" data-number>
          {t("activity.minutes", { number: integer(one.minutes, language) })}
        </span>
      </span>
      <span className={classes.buttons}>
        <Button
          loading={saving.isPending}
          aria-label={`${t("activity.repeatOne")}: ${one.what}`}
          onClick={() => saving.mutate()}
        >
          {t("activity.repeatOne")}
        </Button>
        <Button variant="default" aria-label={`${t("activity.changeFirst")}: ${one.what}`} onClick={change}>
          {t("activity.changeFirst")}
        </Button>
      </span>
      <Refusal error={saving.error} />
    </li>
  );
}
