import { Button, Chip, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Task } from "../api/appraisal";
import { useWords } from "../i18n";
import classes from "./activities.module.css";
import { type Draft, type Field, type Length, lacking, TAPS } from "./draft";

interface Props {
  draft: Draft;
  set: (draft: Draft) => void;
  tried: boolean;
  /** What the service says of fields. */
  told: Readonly<Record<string, string | undefined>>;
  tasks: readonly Task[];
  /** The task it has had, which may have ended since. */
  had?: { id: string; name: string } | null;
}

/** What was done, for how long, for which task, and with which result. */
export function ActivityFields({ draft, set, tried, told, tasks, had = null }: Props) {
  const { t } = useWords();
  const [more, setMore] = useState(false);
  const missing = tried ? lacking(draft) : [];
  const wrong = (field: Field) =>
    missing.includes(field) ? t(`activityMissing.${field}` as "activityMissing.what") : (told[field] ?? null);
  const type = (field: keyof Draft) => (event: { currentTarget: { value: string } }) =>
    set({ ...draft, [field]: event.currentTarget.value });
  const text = (field: "start" | "end" | "minutes" | "quantity" | "unit") => ({
    label: t(`activity.${field}`),
    value: draft[field],
    onChange: type(field),
    error: wrong(field),
  });
  const choices = tasks.map(({ id, name }) => ({ value: id, label: name }));
  if (had !== null && !tasks.some(({ id }) => id === had.id)) choices.push({ value: had.id, label: had.name });
  const shown = more || draft.result !== "" || draft.quantity !== "" || draft.unit !== "";
  return (
    <>
      <Textarea
        label={t("activity.what")}
        placeholder={t("activity.whatHint")}
        value={draft.what}
        onChange={type("what")}
        error={wrong("what")}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={6}
      />
      <fieldset className={classes.length}>
        <legend>{t("activity.length")}</legend>
        <Chip.Group value={draft.length} onChange={(chosen) => set({ ...draft, length: chosen as Length })}>
          <div className={classes.taps}>
            {TAPS.map((one) => (
              <Chip key={one} value={one}>
                {t("activity.minutes", { number: one })}
              </Chip>
            ))}
            <Chip value="other">{t("activity.other")}</Chip>
            <Chip value="span">{t("activity.span")}</Chip>
          </div>
        </Chip.Group>
        {draft.length === "span" && (
          <div className={classes.pair}>
            <TextInput type="time" {...text("start")} />
            <TextInput type="time" {...text("end")} />
          </div>
        )}
        {draft.length === "other" && <TextInput inputMode="numeric" maxLength={4} {...text("minutes")} />}
        {draft.length !== "other" && wrong("minutes") !== null && (
          <p className={classes.wrong} role="alert">
            {wrong("minutes")}
          </p>
        )}
      </fieldset>
      {choices.length > 0 && (
        <Select
          label={t("activity.task")}
          placeholder={t("activity.taskHint")}
          data={choices}
          value={draft.task}
          onChange={(task) => set({ ...draft, task })}
          error={told.task_id ?? null}
          searchable
          clearable
          nothingFoundMessage={t("activity.noTask")}
        />
      )}
      {shown ? (
        <>
          <Textarea
            label={t("activity.result")}
            placeholder={t("activity.resultHint")}
            value={draft.result}
            onChange={type("result")}
            error={wrong("result")}
            maxLength={500}
            autosize
            minRows={1}
            maxRows={6}
          />
          <div className={classes.pair}>
            <TextInput inputMode="decimal" maxLength={10} {...text("quantity")} />
            <TextInput maxLength={60} placeholder={t("activity.unitHint")} {...text("unit")} />
          </div>
        </>
      ) : (
        <div>
          <Button variant="subtle" className={classes.more} onClick={() => setMore(true)}>
            {t("activity.addResult")}
          </Button>
        </div>
      )}
    </>
  );
}
