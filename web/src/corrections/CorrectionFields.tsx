import { Checkbox, Chip, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { What } from "../api/corrections";
import { sitesQuery } from "../api/directory";
import { useWords } from "../i18n";
import classes from "./corrections.module.css";
import { type Draft, type Field, lacking, WHATS } from "./draft";

interface Props {
  draft: Draft;
  set: (draft: Draft) => void;
  tried: boolean;
  /** What the service says of fields. */
  told: Readonly<Record<string, string | undefined>>;
}

/** What is claimed, when, and why. */
export function CorrectionFields({ draft, set, tried, told }: Props) {
  const { t } = useWords();
  const missing = tried ? lacking(draft) : [];
  const wrong = (field: Exclude<Field, "date" | "site_id">) =>
    missing.includes(field) ? t(`correctionMissing.${field}`) : (told[field] ?? null);
  const time = (field: "at" | "since" | "until") => (
    <TextInput
      type="time"
      label={t(field === "until" ? "correction.untilTime" : `correction.${field}`)}
      value={draft[field]}
      onChange={(event) => set({ ...draft, [field]: event.currentTarget.value })}
      error={wrong(field)}
    />
  );
  return (
    <>
      <fieldset className={classes.group}>
        <legend>{t("correction.what")}</legend>
        <Chip.Group value={draft.what} onChange={(chosen) => set({ ...draft, what: chosen as What })}>
          <div className={classes.taps}>
            {WHATS.map((one) => (
              <Chip key={one} value={one}>
                {t(`correctionWhat.${one}`)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        <Wrong why={wrong("what")} />
        {draft.what !== "" && <p className="quiet">{t(`correctionWhatHint.${draft.what}`)}</p>}
      </fieldset>
      {draft.what === "punch" && (
        <>
          <fieldset className={classes.group}>
            <legend>{t("correction.direction")}</legend>
            <Chip.Group
              value={draft.direction}
              onChange={(chosen) => set({ ...draft, direction: chosen as Draft["direction"] })}
            >
              <div className={classes.taps}>
                <Chip value="in">{t("correctionPunch.in")}</Chip>
                <Chip value="out">{t("correctionPunch.out")}</Chip>
              </div>
            </Chip.Group>
            <Wrong why={wrong("direction")} />
          </fieldset>
          {time("at")}
          <Checkbox
            label={t("correction.nextDay")}
            checked={draft.nextDay}
            onChange={(event) => set({ ...draft, nextDay: event.currentTarget.checked })}
          />
          <SiteChoice draft={draft} set={set} wrong={told.site_id ?? null} />
        </>
      )}
      {draft.what !== "" && draft.what !== "punch" && (
        <>
          <Checkbox
            label={t("correction.part")}
            checked={draft.part}
            onChange={(event) => set({ ...draft, part: event.currentTarget.checked })}
          />
          {draft.part && (
            <div className={classes.pair}>
              {time("since")}
              {time("until")}
            </div>
          )}
        </>
      )}
      <Textarea
        label={t("correction.reason")}
        description={t("correction.reasonHint")}
        value={draft.reason}
        onChange={(event) => set({ ...draft, reason: event.currentTarget.value })}
        error={wrong("reason")}
        maxLength={1000}
        autosize
        minRows={2}
        maxRows={8}
      />
    </>
  );
}

function Wrong({ why }: { why: string | null }) {
  if (why === null) return null;
  return (
    <p className={classes.wrong} role="alert">
      {why}
    </p>
  );
}

function SiteChoice({ draft, set, wrong }: Pick<Props, "draft" | "set"> & { wrong: string | null }) {
  const { t } = useWords();
  const sites = useQuery(sitesQuery());
  return (
    <Select
      label={t("correction.site")}
      placeholder={t("correction.siteHint")}
      data={(sites.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={draft.site}
      onChange={(site) => set({ ...draft, site })}
      error={wrong}
      searchable
      clearable
      nothingFoundMessage={t("correction.noSite")}
    />
  );
}
