import { NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { sitesQuery } from "../api/directory";
import { addHoliday, type Holiday, scheduleKeys } from "../api/schedules";
import { useWords } from "../i18n";
import classes from "../sites/sites.module.css";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import own from "./schedules.module.css";

export const KINDS: readonly Holiday["kind"][] = ["national", "joint_leave", "local"];
const FIELDS = ["day", "name", "source"] as const;

/** A day on which offices are closed, everywhere or at one site. */
export function HolidayForm({ year, close }: { year: number; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const sites = useQuery(sitesQuery());
  const [on, setDay] = useState("");
  const [kind, setKind] = useState<Holiday["kind"]>("national");
  const [name, setName] = useState("");
  const [source, setSource] = useState("");
  const [site, setSite] = useState("");
  const key = useRef(crypto.randomUUID());
  const adding = useMutation({
    mutationFn: () =>
      addHoliday(
        { day: on, kind, name: name.trim(), source: source.trim(), sites: site === "" ? [] : [site], regions: [] },
        key.current,
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: scheduleKeys.all });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID();
    },
  });
  const told = fieldErrors(adding.error);
  return (
    <CommandForm
      label={t("holidays.new")}
      lacking={on === "" || name.trim() === "" || source.trim() === ""}
      command={adding}
      submit={t("holidays.add")}
      close={close}
      told={FIELDS}
      fields={(tried) => (
        <div className={own.fields}>
          <div className={classes.pair}>
            <TextInput
              type="date"
              label={t("holidays.day")}
              value={on}
              min={`${year}-01-01`}
              onChange={(event) => setDay(event.currentTarget.value)}
              error={tried && on === "" ? t("tree.dateMissing") : (told.day ?? null)}
            />
            <NativeSelect
              label={t("holidays.kind")}
              value={kind}
              onChange={(event) => setKind(KINDS.find((one) => one === event.currentTarget.value) ?? "national")}
              data={KINDS.map((one) => ({ value: one, label: t(`holidayKind.${one}`) }))}
            />
          </div>
          <TextInput
            label={t("holidays.name")}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && name.trim() === "" ? t("holidays.nameMissing") : (told.name ?? null)}
          />
          <TextInput
            label={t("schedules.source")}
            description={t("holidays.sourceHint")}
            maxLength={200}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
            error={tried && source.trim() === "" ? t("schedules.sourceMissing") : (told.source ?? null)}
          />
          <NativeSelect
            label={t("holidays.where")}
            value={site}
            onChange={(event) => setSite(event.currentTarget.value)}
            data={[
              { value: "", label: t("holidays.everywhere") },
              ...(sites.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
      )}
    />
  );
}
