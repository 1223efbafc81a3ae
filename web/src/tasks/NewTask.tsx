import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { activityKeys, addTask } from "../api/appraisal";
import { useWords } from "../i18n";
import { UnitPicker } from "../shell/UnitPicker";
import classes from "../sites/sites.module.css";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";

const FIELDS = ["name", "unit_id", "valid_from", "valid_to"] as const;

/** A task of one unit, or of every unit, from a day on. */
export function NewTask({ today, unit, close }: { today: string; unit: string | null; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [unitId, setUnit] = useState(unit);
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState("");
  const backwards = to !== "" && to < from;
  const adding = useMutation({
    mutationFn: () =>
      addTask({ name: name.trim(), unit_id: unitId, valid_from: from, valid_to: to === "" ? null : to }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: activityKeys.tasks });
      close();
    },
  });
  const told = fieldErrors(adding.error);
  return (
    <CommandForm
      label={t("tasks.new")}
      lacking={name.trim() === "" || from === "" || backwards}
      command={adding}
      submit={t("tasks.add")}
      close={close}
      told={FIELDS}
      fields={(tried) => (
        <>
          <TextInput
            label={t("tasks.name")}
            description={t("tasks.nameHint")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && name.trim() === "" ? t("tasks.nameMissing") : (told.name ?? null)}
            maxLength={200}
          />
          <UnitPicker
            label={t("tasks.unit")}
            none={t("tasks.everyUnit")}
            value={unitId}
            choose={setUnit}
            error={told.unit_id ?? null}
          />
          <div className={classes.pair}>
            <TextInput
              type="date"
              label={t("tasks.from")}
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
              error={tried && from === "" ? t("tree.dateMissing") : (told.valid_from ?? null)}
            />
            <TextInput
              type="date"
              label={t("tasks.untilOptional")}
              value={to}
              min={from}
              onChange={(event) => setTo(event.currentTarget.value)}
              error={tried && backwards ? t("tasks.backwards") : (told.valid_to ?? null)}
            />
          </div>
        </>
      )}
    />
  );
}
