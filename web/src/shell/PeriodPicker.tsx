import { Button, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { days, month } from "../format/time";
import { useWords } from "../i18n";
import { around, choices, EARLIEST, isShown, type Period, SPANS, type Span, stepped, wrong } from "./period";
import classes from "./period.module.css";

/** Half a year of weeks, two years of months; older ones by steps. */
const OFFERED = { week: 26, month: 24 };

interface Props {
  period: Period;
  /** The last day there can be anything of: today. */
  latest: string;
  change: (period: Period) => void;
  /** Of which length it may be; all of them where nothing is said. */
  spans?: readonly Span[];
}

/** A day, a week, a month or any two days, and a step to the one before or after. */
export function PeriodPicker({ period, latest, change, spans = SPANS }: Props) {
  const { t } = useWords();
  const { span } = period;
  const isLast = period.to >= latest;
  const now = around(span, latest);
  const choose = (to: Span) =>
    change(
      to === "range"
        ? { span: to, from: period.from, to: isLast ? latest : period.to }
        : around(to, isLast ? latest : period.to),
    );
  return (
    <fieldset className={classes.picker}>
      <legend className="hidden">{t("period.label")}</legend>
      {spans.length > 1 && (
        <SegmentedControl
          aria-label={t("period.span")}
          value={span}
          onChange={(chosen) => choose(chosen as Span)}
          data={spans.map((one) => ({ value: one, label: t(`period.${one}`) }))}
        />
      )}
      {span === "range" && <Ends {...{ period, latest, change }} />}
      <div className={classes.steps}>
        <Button variant="default" aria-label={t(`period.before.${span}`)} onClick={() => change(stepped(period, -1))}>
          ‹
        </Button>
        {span !== "range" && <Whole {...{ period, latest, change }} />}
        {/* Only said to be disabled: at the last step the focus stays where it is. */}
        <Button
          variant="default"
          aria-label={t(`period.after.${span}`)}
          aria-disabled={isLast}
          data-disabled={isLast}
          onClick={() => isLast || change(stepped(period, 1))}
        >
          ›
        </Button>
        {span !== "range" && period.from !== now.from && (
          <Button variant="default" onClick={() => change(now)}>
            {t(`period.now.${span}`)}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** A day by the browser's own calendar, a week or month from a list: no browser but Chromium has a field for those. */
function Whole({ period, latest, change }: Props) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const { span } = period;
  if (span === "week" || span === "month") {
    return (
      <NativeSelect
        aria-label={t(`period.${span}`)}
        value={period.from}
        onChange={(event) => change(around(span, event.currentTarget.value))}
        data={choices(period, latest, OFFERED[span]).map((one) => ({
          value: one.from,
          label: span === "month" ? month(one.from, language) : days(one.from, one.to, language),
        }))}
      />
    );
  }
  return (
    <TextInput
      type="date"
      aria-label={t("period.day")}
      min={EARLIEST}
      max={latest}
      value={typed ?? period.from}
      onChange={({ currentTarget: { value } }) => {
        const whole = isShown(value) && value <= latest;
        setTyped(whole ? null : value);
        if (whole) change(around("day", value));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** Two days; what is no period yet stays in the fields and is said, the page goes on showing the last that was one. */
function Ends({ period, latest, change }: Props) {
  const { t } = useWords();
  const [typed, setTyped] = useState<Period | null>(null);
  const shown = typed ?? period;
  const why = wrong(shown.from, shown.to);
  const type = (part: Partial<Period>) => {
    const next = { ...shown, ...part };
    const whole = wrong(next.from, next.to) === null;
    setTyped(whole ? null : next);
    if (whole) change(next);
  };
  const ends = [
    { end: "from", value: shown.from, label: t("period.from") },
    { end: "to", value: shown.to, label: t("period.to") },
  ] as const;
  return (
    <div className={classes.ends}>
      {ends.map(({ end, value, label }) => (
        <TextInput
          key={end}
          type="date"
          label={label}
          min={EARLIEST}
          max={latest}
          value={value}
          error={why !== null}
          onChange={(event) => type({ [end]: event.currentTarget.value })}
        />
      ))}
      {why !== null && <p role="alert">{t(`period.wrong.${why}`)}</p>}
    </div>
  );
}
