import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { applyCycle, type Checked, checkCycle, type PersonRoster, type Shift, scheduleKeys } from "../api/schedules";
import { useWords } from "../i18n";
import classes from "../sites/sites.module.css";
import { CommandForm } from "../states/CommandForm";
import { BrushFields } from "./BrushFields";
import { type Brush, FIRST, wantedOf } from "./brush";
import { Remarks } from "./Remarks";
import own from "./schedules.module.css";

const STEPS_MOST = 31;

/** A rotating cycle for some people, each so many days behind the one before. */
export function CycleForm(props: {
  people: readonly PersonRoster[];
  name: (id: string) => string;
  presets: readonly Shift[];
  first: string;
  last: string;
  close: () => void;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  const { people, name, presets, close } = props;
  const [chosen, setChosen] = useState<string[]>([]);
  const [first, setFirst] = useState(props.first);
  const [last, setLast] = useState(props.last);
  const [steps, setSteps] = useState<Brush[]>([FIRST]);
  const [behind, setBehind] = useState("0");
  const [source, setSource] = useState("");
  const [checked, setChecked] = useState<{ of: string; found: Checked } | null>(null);
  const key = useRef(crypto.randomUUID());
  const days = steps.map((one) => wantedOf(one, presets));
  const step = /^\d{1,2}$/.test(behind.trim()) ? Number(behind) : null;
  const length = steps.length;
  const body = {
    people: chosen.map((employee_id, n) => ({
      employee_id,
      start: (((length - (((step ?? 0) * n) % length)) % length) + length) % length,
    })),
    first,
    last,
    days: days.map((one) => [...(one ?? [])]),
    source: source.trim(),
  };
  const asked = JSON.stringify(body);
  const seen = checked?.of === asked ? checked.found : null;
  const backwards = last < first;
  const applying = useMutation({
    mutationFn: async () => {
      const found = seen ?? (await checkCycle(body));
      setChecked({ of: asked, found });
      if (seen === null && found.findings.length > 0) return false;
      await applyCycle(body, key.current);
      return true;
    },
    onSuccess: async (saved) => {
      if (!saved) return;
      await client.invalidateQueries({ queryKey: scheduleKeys.rosters });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID();
    },
  });
  const put = (at: number, brush: Brush) => setSteps(steps.map((one, n) => (n === at ? brush : one)));
  const place = (pointer: string) => name(chosen[Number(/^\/body\/people\/(\d+)/.exec(pointer)?.[1] ?? -1)] ?? "");
  return (
    <CommandForm
      label={t("roster.cycle")}
      lacking={
        chosen.length === 0 ||
        first === "" ||
        last === "" ||
        backwards ||
        step === null ||
        source.trim() === "" ||
        days.some((one) => one === undefined)
      }
      command={applying}
      submit={t(seen !== null && seen.findings.length > 0 && seen.saves ? "schedules.saveAnyway" : "roster.applyCycle")}
      close={close}
      fields={(tried) => (
        <div className={own.fields}>
          <Checkbox.Group
            label={t("roster.people")}
            description={t("roster.peopleHint")}
            value={chosen}
            onChange={setChosen}
            error={tried && chosen.length === 0 ? t("roster.nobody") : null}
          >
            <div className={own.people}>
              {people
                .filter(({ editable }) => editable)
                .map(({ employee_id }) => (
                  <Checkbox key={employee_id} value={employee_id} label={name(employee_id)} />
                ))}
            </div>
          </Checkbox.Group>
          <div className={classes.pair}>
            <TextInput
              type="date"
              label={t("schedules.from")}
              value={first}
              onChange={(event) => setFirst(event.currentTarget.value)}
              error={tried && first === "" ? t("tree.dateMissing") : null}
            />
            <TextInput
              type="date"
              label={t("schedules.until")}
              value={last}
              onChange={(event) => setLast(event.currentTarget.value)}
              error={tried && backwards ? t("tasks.backwards") : null}
            />
          </div>
          <ol className={own.days}>
            {steps.map((one, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step of a cycle is its place
              <li key={n}>
                <BrushFields
                  label={t("schedules.dayNumber", { day: n + 1 })}
                  brush={one}
                  presets={presets}
                  clears={false}
                  set={(brush) => put(n, brush)}
                />
                {tried && days[n] === undefined && <p role="alert">{t("roster.hoursMissing")}</p>}
              </li>
            ))}
          </ol>
          <div className={own.line}>
            <Button
              variant="default"
              onClick={() => steps.length < STEPS_MOST && setSteps([...steps, steps.at(-1) ?? FIRST])}
            >
              {t("schedules.longer")}
            </Button>
            <Button variant="default" onClick={() => steps.length > 1 && setSteps(steps.slice(0, -1))}>
              {t("schedules.shorter")}
            </Button>
          </div>
          <TextInput
            label={t("roster.behind")}
            description={t("roster.behindHint")}
            inputMode="numeric"
            value={behind}
            onChange={(event) => setBehind(event.currentTarget.value)}
            error={tried && step === null ? t("roster.behindWrong") : null}
          />
          <TextInput
            label={t("roster.source")}
            description={t("roster.sourceHint")}
            maxLength={200}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
            error={tried && source.trim() === "" ? t("schedules.sourceMissing") : null}
          />
          {seen !== null && <Remarks found={seen.findings} place={({ pointer }) => place(pointer)} />}
        </div>
      )}
    />
  );
}
