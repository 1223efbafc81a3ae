import { Button } from "@mantine/core";
import { useRef } from "react";
import { Link } from "wouter";
import { day, shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import classes from "./board.module.css";

/** The day on the screen, a step either way, any day by the browser's own calendar, and back to today. */
export function DaySwitch({ date }: { date: string }) {
  const { t, language } = useWords();
  const { place, to, navigate } = usePlace();
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <fieldset className={classes.days}>
      <legend className="hidden">{t("day.label")}</legend>
      <Button component={Link} href={to({ date: shiftDay(date, -1) })} variant="default" aria-label={t("day.previous")}>
        ‹
      </Button>
      <span className={classes.dayField}>
        <Button
          variant="default"
          aria-label={t("day.choose", { date: day(date, language) })}
          onClick={() => calendar.current?.showPicker()}
        >
          {day(date, language)}
        </Button>
        <input
          ref={calendar}
          type="date"
          tabIndex={-1}
          aria-hidden="true"
          value={date}
          onChange={(event) => event.target.value && navigate(to({ date: event.target.value }))}
        />
      </span>
      {place.date !== null && (
        <>
          <Button component={Link} href={to({ date: shiftDay(date, 1) })} variant="default" aria-label={t("day.next")}>
            ›
          </Button>
          <Button component={Link} href={to({ date: null })} variant="default">
            {t("day.today")}
          </Button>
        </>
      )}
    </fieldset>
  );
}
