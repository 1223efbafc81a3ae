import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { sitesQuery } from "../api/directory";
import { type NewOutage, outageKeys, tellOutage } from "../api/outages";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import classes from "./outages.module.css";

const SCOPES = ["site", "terminal", "system"] as const;
const NATURES = ["down", "slow"] as const;
const FIELDS = ["site_id", "serial", "since", "until", "reason", "evidence"] as const;
const LEAST = 5;

/** An outage the system has not found. */
export function TellForm({ close }: { close: () => void }) {
  const { t } = useWords();
  const { zone } = useAgency();
  const client = useQueryClient();
  const sites = useQuery(sitesQuery());
  const [scope, setScope] = useState<NewOutage["scope"]>("site");
  const [nature, setNature] = useState<NonNullable<NewOutage["nature"]>>("down");
  const [typed, setTyped] = useState({ site_id: "", serial: "", since: "", until: "", reason: "", evidence: "" });
  const key = useRef(crypto.randomUUID());
  const telling = useMutation({
    mutationFn: () => {
      const { site_id, serial, ...said } = typed;
      const place = scope === "site" ? { site_id } : scope === "terminal" ? { serial: serial.trim() } : {};
      return tellOutage({ scope, nature, ...place, ...said }, key.current);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: outageKeys.all });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID();
    },
  });
  const told = fieldErrors(telling.error);
  const place = scope === "site" ? typed.site_id : scope === "terminal" ? typed.serial.trim() : "-";
  const short = (words: string) => words.trim().length < LEAST;
  const field = (name: keyof typeof typed, wrong: boolean, why = t("outage.fill")) => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setTyped((now) => ({ ...now, [name]: value }));
    },
    error: wrong ? why : (told[name] ?? null),
  });
  return (
    <section>
      <h2>{t("outage.tell")}</h2>
      <p className="quiet">{t("outage.tellWhy", { zone })}</p>
      <CommandForm
        label={t("outage.tell")}
        lacking={place === "" || !typed.since || !typed.until || short(typed.reason) || short(typed.evidence)}
        command={telling}
        submit={t("outage.save")}
        close={close}
        told={FIELDS}
        fields={(tried) => (
          <div className={classes.fields}>
            <div className={classes.pair}>
              <NativeSelect
                label={t("outage.where")}
                value={scope}
                onChange={(event) => setScope(SCOPES.find((one) => one === event.currentTarget.value) ?? "site")}
                data={SCOPES.map((one) => ({ value: one, label: t(`outageScope.${one}`) }))}
              />
              {scope === "site" && (
                <NativeSelect
                  label={t("outage.site")}
                  {...field("site_id", tried && typed.site_id === "")}
                  data={[
                    { value: "", label: "" },
                    ...(sites.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                />
              )}
              {scope === "terminal" && (
                <TextInput label={t("outage.terminal")} maxLength={64} {...field("serial", tried && place === "")} />
              )}
            </div>
            <div className={classes.pair}>
              <TextInput
                type="datetime-local"
                label={t("outage.since")}
                {...field("since", tried && typed.since === "")}
              />
              <TextInput
                type="datetime-local"
                label={t("outage.until")}
                {...field("until", tried && typed.until === "")}
              />
            </div>
            <NativeSelect
              label={t("outage.nature")}
              value={nature}
              onChange={(event) => setNature(NATURES.find((one) => one === event.currentTarget.value) ?? "down")}
              data={[
                { value: "down", label: t("outage.natureDown") },
                { value: "slow", label: t("outage.natureSlow") },
              ]}
            />
            <Textarea
              label={t("outage.reasonField")}
              maxLength={1000}
              autosize
              minRows={2}
              {...field("reason", tried && short(typed.reason), t("form.tooShort"))}
            />
            <TextInput
              label={t("outage.evidenceField")}
              description={t("outage.evidenceHint")}
              maxLength={1000}
              {...field("evidence", tried && short(typed.evidence), t("form.tooShort"))}
            />
          </div>
        )}
      />
    </section>
  );
}
