import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { day, shiftDay } from "../format/time";
import { useWords } from "../i18n";
import classes from "../schedules/schedules.module.css";

/** The month as it was known when a date ended. `on` null: as it is now. */
export function KnownOn(props: {
  on: string | null;
  from: string;
  today: string;
  choose: (on: string | null) => void;
}) {
  const { t, language } = useWords();
  const { on, from, today, choose } = props;
  const [choosing, setChoosing] = useState(false);
  const [text, setText] = useState("");
  const latest = shiftDay(today, -1);
  if (on === null && !choosing) {
    return (
      <div>
        <Button variant="subtle" px={0} onClick={() => setChoosing(true)}>
          {t("knownOn.ask")}
        </Button>
      </div>
    );
  }
  const done = () => {
    setChoosing(false);
    setText("");
    choose(null);
  };
  return (
    <div>
      <div className={classes.line}>
        <TextInput
          type="date"
          label={t("knownOn.label")}
          min={from}
          max={latest}
          value={text}
          onChange={(event) => {
            const date = event.currentTarget.value;
            setText(date); // also while its year is being typed
            if (from <= date && date <= latest) choose(date);
          }}
        />
        <Button variant="default" onClick={done}>
          {t("knownOn.now")}
        </Button>
      </div>
      {on !== null && <p role="status">{t("knownOn.shown", { day: day(on, language) })}</p>}
    </div>
  );
}
