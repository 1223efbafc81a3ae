import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { unitsQuery } from "../api/directory";
import { assignMany, type Checked, checkMany, type Pattern, scheduleKeys } from "../api/schedules";
import { useWords } from "../i18n";
import { UnitPicker } from "../shell/UnitPicker";
import classes from "../sites/sites.module.css";
import { CommandForm } from "../states/CommandForm";
import { ChoosePerson, type Chosen } from "../superiors/ChoosePerson";
import { Remarks } from "./Remarks";
import own from "./schedules.module.css";

/** A pattern for units and employees at once: what they have and is open ends on the day before. */
export function AssignForm(props: { patterns: readonly Pattern[]; today: string; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { patterns, today, close } = props;
  const units = useQuery(unitsQuery());
  const names = new Map(units.data?.items.map(({ id, name }) => [id, name]));
  const [pattern, setPattern] = useState(patterns[0]?.id ?? "");
  const [unitIds, setUnits] = useState<string[]>([]);
  const [people, setPeople] = useState<Chosen[]>([]);
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState("");
  const [source, setSource] = useState("");
  const [checked, setChecked] = useState<{ of: string; found: Checked } | null>(null);
  const key = useRef(crypto.randomUUID());
  const body = {
    pattern_id: pattern,
    unit_ids: unitIds,
    employee_ids: people.map(({ id }) => id),
    valid_from: from,
    valid_to: to === "" ? null : to,
    source: source.trim(),
  };
  const asked = JSON.stringify(body);
  const seen = checked?.of === asked ? checked.found : null;
  const nobody = unitIds.length === 0 && people.length === 0;
  const backwards = to !== "" && to < from;
  const assigning = useMutation({
    mutationFn: async () => {
      const found = seen ?? (await checkMany(body));
      setChecked({ of: asked, found });
      if (seen === null && found.findings.length > 0) return false;
      await assignMany(body, key.current);
      return true;
    },
    onSuccess: async (saved) => {
      if (!saved) return;
      await client.invalidateQueries({ queryKey: scheduleKeys.all });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID();
    },
  });
  const place = (pointer: string) => {
    const match = /^\/body\/(unit|employee)_ids\/(\d+)/.exec(pointer);
    const at = Number(match?.[2] ?? -1);
    return match?.[1] === "unit" ? (names.get(unitIds[at] ?? "") ?? "") : (people[at]?.name ?? "");
  };
  return (
    <CommandForm
      label={t("schedules.assign")}
      lacking={nobody || pattern === "" || from === "" || source.trim() === "" || backwards}
      command={assigning}
      submit={t(
        seen !== null && seen.findings.length > 0 && seen.saves ? "schedules.saveAnyway" : "schedules.assignNow",
      )}
      close={close}
      fields={(tried) => (
        <div className={own.fields}>
          <NativeSelect
            label={t("schedules.pattern")}
            value={pattern}
            onChange={(event) => setPattern(event.currentTarget.value)}
            data={patterns.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <UnitPicker
            label={t("schedules.forUnit")}
            description={t("schedules.forUnitHint")}
            none={t("schedules.chooseUnit")}
            value={null}
            without={unitIds}
            choose={(unit) => unit !== null && setUnits([...unitIds, unit])}
            error={tried && nobody ? t("schedules.forNobody") : null}
          />
          <Chosens
            items={unitIds.map((id) => ({ id, name: names.get(id) ?? id }))}
            drop={(id) => setUnits(unitIds.filter((one) => one !== id))}
          />
          <ChoosePerson
            key={people.length}
            label={t("schedules.forPerson")}
            chosen={null}
            choose={(one) => one !== null && !people.some(({ id }) => id === one.id) && setPeople([...people, one])}
            error={null}
          />
          <Chosens items={people} drop={(id) => setPeople(people.filter((one) => one.id !== id))} />
          <div className={classes.pair}>
            <TextInput
              type="date"
              label={t("schedules.from")}
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
              error={tried && from === "" ? t("tree.dateMissing") : null}
            />
            <TextInput
              type="date"
              label={t("schedules.untilOptional")}
              description={t("schedules.thenBack")}
              value={to}
              min={from}
              onChange={(event) => setTo(event.currentTarget.value)}
              error={tried && backwards ? t("tasks.backwards") : null}
            />
          </div>
          <TextInput
            label={t("schedules.source")}
            description={t("schedules.sourceHint")}
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

function Chosens({ items, drop }: { items: readonly Chosen[]; drop: (id: string) => void }) {
  const { t } = useWords();
  if (items.length === 0) return null;
  return (
    <ul className={own.chosen}>
      {items.map(({ id, name }) => (
        <li key={id}>
          {name}{" "}
          <Button variant="subtle" aria-label={`${t("schedules.unchoose")}: ${name}`} onClick={() => drop(id)}>
            {t("schedules.unchoose")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
