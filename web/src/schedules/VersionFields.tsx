import { Button, Checkbox, SegmentedControl, TextInput } from "@mantine/core";
import { useWords } from "../i18n";
import classes from "../sites/sites.module.css";
import { type TypedDay, type TypedVersion, weekday } from "./hours";
import { ShiftFields } from "./ShiftFields";
import own from "./schedules.module.css";

const CYCLE_MOST = 60;

/** One version of a pattern: from when it holds, its days, and what Ramadan changes. */
export function VersionFields(props: {
  value: TypedVersion;
  tried: boolean;
  today: string;
  set: (value: TypedVersion) => void;
}) {
  const { t, language } = useWords();
  const { value, tried, today, set } = props;
  const { days, anchor } = value;
  const fasting = days.some(({ ramadan }) => ramadan !== null);
  const put = (at: number, change: Partial<TypedDay>) =>
    set({ ...value, days: days.map((one, n) => (n === at ? { ...one, ...change } : one)) });
  const resized = (length: number) =>
    Array.from({ length }, (_, n) => days[n] ?? { shifts: [], ramadan: fasting ? [] : null });
  const name = (n: number) => (anchor === null ? weekday(n, language) : t("schedules.dayNumber", { day: n + 1 }));
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={t("schedules.from")}
          value={value.from}
          onChange={(event) => set({ ...value, from: event.currentTarget.value })}
          error={tried && value.from === "" ? t("tree.dateMissing") : null}
        />
        <TextInput
          type="date"
          label={t("schedules.untilOptional")}
          value={value.to}
          min={value.from}
          onChange={(event) => set({ ...value, to: event.currentTarget.value })}
          error={tried && value.to !== "" && value.to < value.from ? t("tasks.backwards") : null}
        />
      </div>
      <TextInput
        label={t("schedules.source")}
        description={t("schedules.sourceHint")}
        maxLength={200}
        value={value.source}
        onChange={(event) => set({ ...value, source: event.currentTarget.value })}
        error={tried && value.source.trim() === "" ? t("schedules.sourceMissing") : null}
      />
      <SegmentedControl
        aria-label={t("schedules.repeats")}
        value={anchor === null ? "week" : "cycle"}
        onChange={(chosen) =>
          set(
            chosen === "week"
              ? { ...value, anchor: null, days: resized(7) }
              : { ...value, anchor: value.from || today, holidays: false },
          )
        }
        data={[
          { value: "week", label: t("schedules.weekly") },
          { value: "cycle", label: t("schedules.cyclic") },
        ]}
      />
      {anchor !== null && (
        <div className={classes.pair}>
          <TextInput
            type="date"
            label={t("schedules.anchor")}
            description={t("schedules.anchorHint")}
            value={anchor}
            onChange={(event) => set({ ...value, anchor: event.currentTarget.value })}
            error={tried && anchor === "" ? t("tree.dateMissing") : null}
          />
          <div>
            <p>{t("schedules.cycleDays", { count: days.length })}</p>
            <Button
              variant="default"
              onClick={() => set({ ...value, days: resized(Math.min(days.length + 1, CYCLE_MOST)) })}
            >
              {t("schedules.longer")}
            </Button>{" "}
            <Button variant="default" onClick={() => set({ ...value, days: resized(Math.max(days.length - 1, 1)) })}>
              {t("schedules.shorter")}
            </Button>
          </div>
        </div>
      )}
      <Checkbox
        label={t("schedules.observes")}
        description={t("schedules.observesHint")}
        checked={value.holidays}
        onChange={(event) => set({ ...value, holidays: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("schedules.ramadanDiffers")}
        checked={fasting}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          set({
            ...value,
            days: days.map((one) => ({ ...one, ramadan: on ? one.shifts.map((s) => ({ ...s })) : null })),
          });
        }}
      />
      <p className="quiet">{t("schedules.fieldsHint")}</p>
      <ol className={own.days}>
        {days.map((one, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day of a pattern is its place
          <li key={n}>
            <strong>{name(n)}</strong>
            <ShiftFields name={name(n)} shifts={one.shifts} tried={tried} set={(shifts) => put(n, { shifts })} />
            {one.ramadan !== null && (
              <>
                <span className="quiet">{t("schedules.inRamadan")}</span>
                <ShiftFields
                  name={`${name(n)}, ${t("schedules.inRamadan")}`}
                  shifts={one.ramadan}
                  tried={tried}
                  set={(ramadan) => put(n, { ramadan })}
                />
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
