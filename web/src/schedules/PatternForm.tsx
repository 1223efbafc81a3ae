import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { type Checked, checkPattern, type Pattern, savePattern, scheduleKeys } from "../api/schedules";
import { day, shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import { emptyVersion, isWhole, sentVersion, type TypedVersion, typedVersion } from "./hours";
import { Remarks } from "./Remarks";
import classes from "./schedules.module.css";
import { VersionFields } from "./VersionFields";

/** A pattern, new or in a version that was read: it is checked before it is saved, and warnings ask for a second press. */
export function PatternForm({ read, today, close }: { read: Pattern | null; today: string; close: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [pattern] = useState(read); // as it was when the form was opened
  const [name, setName] = useState(pattern?.name ?? "");
  const [versions, setVersions] = useState<TypedVersion[]>(
    () => pattern?.versions.map(typedVersion) ?? [emptyVersion(today)],
  );
  const [at, setAt] = useState(versions.length - 1);
  const [checked, setChecked] = useState<{ of: string; found: Checked } | null>(null);
  const key = useRef(crypto.randomUUID());
  const body = { name: name.trim(), versions: versions.map(sentVersion) };
  const asked = JSON.stringify(body);
  const seen = checked?.of === asked ? checked.found : null;
  const lacking =
    body.name === "" ||
    versions.some(
      (one) =>
        one.from === "" ||
        one.source.trim() === "" ||
        one.anchor === "" ||
        (one.to !== "" && one.to < one.from) ||
        one.days.some(({ shifts, ramadan }) => ![...shifts, ...(ramadan ?? [])].every(isWhole)),
    );
  const saving = useMutation({
    mutationFn: async () => {
      const found = seen ?? (await checkPattern(pattern?.id ?? null, body));
      setChecked({ of: asked, found });
      // What was found is read first; what only warns is saved by pressing again.
      if (seen === null && found.findings.length > 0) return false;
      await savePattern(pattern, body, key.current);
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
  const drop = () => {
    setVersions(versions.filter((_, n) => n !== at));
    setAt(Math.max(0, at - 1));
  };
  const chosen = versions[at];
  const another = () => {
    const last = versions[versions.length - 1] ?? emptyVersion(today);
    const from = last.from < today ? today : shiftDay(last.from, 1);
    const ended = { ...last, to: last.to === "" ? shiftDay(from, -1) : last.to };
    setVersions([...versions.slice(0, -1), ended, { ...structuredClone(last), from, to: "" }]);
    setAt(versions.length);
  };
  return (
    <CommandForm
      label={pattern === null ? t("schedules.newPattern") : `${t("schedules.edit")}: ${pattern.name}`}
      lacking={lacking}
      command={saving}
      submit={t(seen !== null && seen.findings.length > 0 && seen.saves ? "schedules.saveAnyway" : "schedules.save")}
      close={close}
      fields={(tried) => (
        <div className={classes.fields}>
          <TextInput
            label={t("schedules.name")}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && name.trim() === "" ? t("schedules.nameMissing") : (fieldErrors(saving.error).name ?? null)}
          />
          <div className={classes.line}>
            {versions.length > 1 && (
              <NativeSelect
                label={t("schedules.version")}
                value={String(at)}
                onChange={(event) => setAt(Number(event.currentTarget.value))}
                data={versions.map((one, n) => ({
                  value: String(n),
                  label: t("schedules.since", { date: one.from === "" ? "…" : day(one.from, language) }),
                }))}
              />
            )}
            <Button variant="default" onClick={another}>
              {t("schedules.newVersion")}
            </Button>
            {versions.length > 1 && (
              <Button variant="subtle" onClick={drop}>
                {t("schedules.dropVersion")}
              </Button>
            )}
          </div>
          {chosen !== undefined && (
            <VersionFields
              value={chosen}
              tried={tried}
              today={today}
              set={(value) => setVersions(versions.map((one, n) => (n === at ? value : one)))}
            />
          )}
          {seen !== null && <Remarks found={seen.findings} />}
        </div>
      )}
    />
  );
}
