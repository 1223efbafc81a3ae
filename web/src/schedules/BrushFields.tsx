import { NativeSelect, TextInput } from "@mantine/core";
import type { Shift } from "../api/schedules";
import { useWords } from "../i18n";
import { type Brush, CLEAR, OFF, OTHER } from "./brush";
import { span } from "./hours";
import classes from "./schedules.module.css";

/** A shift, or no shift, to fill days with. `clears`: also the pattern again. */
export function BrushFields(props: {
  label: string;
  brush: Brush;
  presets: readonly Shift[];
  clears: boolean;
  set: (brush: Brush) => void;
}) {
  const { t, language } = useWords();
  const { label, brush, presets, clears, set } = props;
  const other = (change: Partial<Brush["other"]>) => set({ ...brush, other: { ...brush.other, ...change } });
  return (
    <div className={classes.line}>
      <NativeSelect
        label={label}
        value={brush.choice}
        onChange={(event) => set({ ...brush, choice: event.currentTarget.value })}
        data={[
          ...presets.map((one, n) => ({
            value: String(n),
            label: one.kind === "on_call" ? `${span(one, language)} ${t("schedules.onCall")}` : span(one, language),
          })),
          { value: OTHER, label: t("roster.otherHours") },
          { value: OFF, label: t("roster.off") },
          ...(clears ? [{ value: CLEAR, label: t("roster.clear") }] : []),
        ]}
      />
      {brush.choice === OTHER && (
        <>
          <TextInput
            type="time"
            label={t("schedules.start")}
            value={brush.other.start}
            onChange={(event) => other({ start: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t("schedules.end")}
            value={brush.other.end}
            onChange={(event) => other({ end: event.currentTarget.value })}
          />
          <TextInput
            className={classes.pauseField}
            inputMode="numeric"
            label={t("schedules.pauseMinutes")}
            value={brush.other.pause}
            onChange={(event) => other({ pause: event.currentTarget.value })}
          />
        </>
      )}
    </div>
  );
}
