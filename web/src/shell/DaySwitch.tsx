import { Button } from "@mantine/core";
import { useRef } from "react";
import { Link } from "wouter";
import { day, shiftDay } from "../format/time";
import { useWords } from "../i18n";
import classes from "./day.module.css";
import { usePlace } from "./usePlace";

/**
 * The day on the screen, a step either way, any day by the browser's own calendar, and back to today. `latest` is the
 * last day there can be anything of, on pages that know it: the address of that day names none.
 */
export function DaySwitch({ date, path = "/", latest }: { date: string; path?: string; latest?: string }) {
  const { t, language } = useWords();
  const { place, to, navigate } = usePlace();
  const calendar = useRef<HTMLInputElement>(null);
  const at = (one: string) => to({ date: one === latest ? null : one }, path);
  return (
    <fieldset className={classes.days}>
      <legend className="hidden">{t("day.label")}</legend>
      <Button component={Link} href={at(shiftDay(date, -1))} variant="default" aria-label={t("day.previous")}>
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
          max={latest}
          onChange={(event) => event.target.value && navigate(at(event.target.value))}
        />
      </span>
      {place.date !== null && date !== latest && (
        <>
          <Button component={Link} href={at(shiftDay(date, 1))} variant="default" aria-label={t("day.next")}>
            ›
          </Button>
          <Button component={Link} href={to({ date: null }, path)} variant="default">
            {t("day.today")}
          </Button>
        </>
      )}
    </fieldset>
  );
}
