import { TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { attendanceKeys, dismissLines, type HeldLine, mapPin, previewLines, replayLines } from "../api/attendance";
import { integer } from "../format/number";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { CommandForm } from "../states/CommandForm";
import { Refusal } from "../states/Refusal";
import { ChoosePerson, type Chosen } from "../superiors/ChoosePerson";
import type { Action } from "./lines";
import classes from "./quarantine.module.css";

const LEAST = 3;

/** One action on some lines, with what it needs, and what it would do before it is done. */
export function LineForm({ lines, action, close }: { lines: readonly HeldLine[]; action: Action; close: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [person, setPerson] = useState<Chosen | null>(null);
  const [note, setNote] = useState("");
  const ids = lines.map(({ id }) => id);
  const first = lines[0] as HeldLine;
  const lacking = (action === "map" && person === null) || (action === "dismiss" && note.trim().length < LEAST);
  const sending = useMutation({
    mutationFn: async () => {
      if (action === "dismiss") await dismissLines(ids, note.trim());
      else if (action === "accept") await replayLines({ ids, any_date: true });
      else if (person !== null) await mapPin(first.space, first.pin, person.id);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: attendanceKeys.all });
      close();
    },
  });
  return (
    <CommandForm
      lacking={lacking}
      command={sending}
      submit={t(`quarantine.${action}Now`)}
      close={close}
      fields={(tried) => (
        <>
          {action === "map" && (
            <>
              <ChoosePerson
                label={t("quarantine.whose")}
                chosen={person}
                choose={setPerson}
                error={tried && lacking ? t("quarantine.chooseSomebody") : null}
              />
              <p className="quiet">
                {t("quarantine.mapEffect", { count: lines.length, number: integer(lines.length, language) })}
              </p>
            </>
          )}
          {action === "accept" && <AcceptPreview ids={ids} />}
          {action === "dismiss" && (
            <TextInput
              label={t("quarantine.why")}
              description={t("quarantine.whyHint")}
              error={tried && lacking ? t("quarantine.whyMissing") : null}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={500}
            />
          )}
        </>
      )}
    />
  );
}

/** What the lines would become, asked of the service: nothing has changed yet. */
function AcceptPreview({ ids }: { ids: string[] }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const preview = useQuery({
    queryKey: [...attendanceKeys.all, "preview", ...ids],
    queryFn: () => previewLines({ ids, any_date: true }),
    staleTime: 0,
  });
  if (preview.data === undefined) return <Refusal error={preview.error} />;
  return (
    <ul className={classes.preview}>
      {preview.data.map((one) => (
        <li key={one.id}>
          {one.accepted && one.occurred_at !== null
            ? t("quarantine.becomes", {
                time: zonedClock(one.occurred_at, zone, language),
                date: one.occurred_at.slice(0, 10),
              })
            : t("quarantine.staysHeld", { problem: one.problem })}
        </li>
      ))}
    </ul>
  );
}
