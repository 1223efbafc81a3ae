import { Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { addService, changeService, feedbackKeys, type Service } from "../api/feedback";
import { useWords } from "../i18n";
import { UnitPicker } from "../shell/UnitPicker";
import classes from "../sites/sites.module.css";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import { countersOf, wrongCounters } from "./counters";

const FIELDS = ["name", "unit_id", "counters", "valid_from", "valid_to"] as const;

/** A service of one unit, new or as it should be. The unit stays: its ratings belong there. */
export function ServiceForm(props: { service: Service | null; today: string; unit: string | null; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { service, today, unit, close } = props;
  const [name, setName] = useState(service?.name ?? "");
  const [unitId, setUnit] = useState(service?.unit_id ?? unit);
  const [counters, setCounters] = useState(service?.counters?.join("\n") ?? "");
  const [from, setFrom] = useState(service?.valid_from ?? today);
  const [to, setTo] = useState(service?.valid_to ?? "");
  const backwards = to !== "" && to < from;
  const wrong = wrongCounters(counters);
  const saving = useMutation({
    mutationFn: () => {
      const content = {
        name: name.trim(),
        counters: countersOf(counters),
        valid_from: from,
        valid_to: to === "" ? null : to,
      };
      if (service !== null) return changeService(service.id, content);
      return addService({ ...content, unit_id: unitId ?? "" });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: feedbackKeys.services });
      close();
    },
  });
  const told = fieldErrors(saving.error);
  return (
    <CommandForm
      label={service === null ? t("services.new") : `${t("services.change")}: ${service.name}`}
      lacking={name.trim() === "" || unitId === null || from === "" || backwards || wrong !== null}
      command={saving}
      submit={t(service === null ? "services.add" : "services.save")}
      close={close}
      told={FIELDS}
      fields={(tried) => (
        <>
          <TextInput
            label={t("services.name")}
            description={t("services.nameHint")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && name.trim() === "" ? t("services.nameMissing") : (told.name ?? null)}
            maxLength={200}
          />
          {service === null && (
            <UnitPicker
              label={t("services.unit")}
              description={t("services.unitHint")}
              none={t("services.noUnit")}
              value={unitId}
              choose={setUnit}
              error={tried && unitId === null ? t("services.unitMissing") : (told.unit_id ?? null)}
            />
          )}
          <Textarea
            label={t("services.countersOptional")}
            description={t("services.countersHint")}
            value={counters}
            onChange={(event) => setCounters(event.currentTarget.value)}
            error={wrong !== null ? t(`services.wrong.${wrong}`) : (told.counters ?? null)}
            autosize
            minRows={2}
            maxRows={10}
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
