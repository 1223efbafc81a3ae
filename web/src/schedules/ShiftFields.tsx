import { Button, TextInput } from "@mantine/core";
import { useWords } from "../i18n";
import type { TypedShift } from "./hours";
import { isWhole } from "./hours";
import classes from "./schedules.module.css";

/** The shifts of one day, one after another; none is a day off. */
export function ShiftFields(props: {
  name: string;
  shifts: readonly TypedShift[];
  tried: boolean;
  set: (shifts: TypedShift[]) => void;
}) {
  const { t } = useWords();
  const { name, shifts, tried, set } = props;
  const put = (at: number, change: Partial<TypedShift>) =>
    set(shifts.map((one, n) => (n === at ? { ...one, ...change } : one)));
  return (
    <div className={classes.shifts}>
      {shifts.length === 0 && <span className="quiet">{t("schedules.off")}</span>}
      {shifts.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shifts of a day have no name but their place
        <div key={n} className={classes.times}>
          <TextInput
            type="time"
            aria-label={`${name}, ${t("schedules.start")}`}
            value={one.start}
            onChange={(event) => put(n, { start: event.currentTarget.value })}
            error={tried && !isWhole(one)}
          />
          <span aria-hidden="true">–</span>
          <TextInput
            type="time"
            aria-label={`${name}, ${t("schedules.end")}`}
            value={one.end}
            onChange={(event) => put(n, { end: event.currentTarget.value })}
            error={tried && !isWhole(one)}
          />
          <TextInput
            className={classes.pause}
            inputMode="numeric"
            aria-label={`${name}, ${t("schedules.pauseMinutes")}`}
            value={one.pause}
            onChange={(event) => put(n, { pause: event.currentTarget.value })}
            error={tried && !isWhole(one)}
          />
          <Button
            variant="subtle"
            aria-label={`${name}: ${t("schedules.removeShift")}`}
            onClick={() => set(shifts.filter((_, at) => at !== n))}
          >
            {t("schedules.removeShift")}
          </Button>
        </div>
      ))}
      {shifts.length < 6 && (
        <Button
          variant="subtle"
          aria-label={`${name}: ${t("schedules.addShift")}`}
          onClick={() => set([...shifts, { start: "", end: "", pause: "0", base: {} }])}
        >
          {t("schedules.addShift")}
        </Button>
      )}
    </div>
  );
}
