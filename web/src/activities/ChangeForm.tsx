import { Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Activity, activityKeys, activity as asIs, changeActivity, ownTasksQuery } from "../api/appraisal";
import { isOutdated } from "../api/client";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import { ActivityFields } from "./ActivityFields";
import { Conflict } from "./Conflict";
import { contentOf, type Draft, draftOf, FIELDS, lacking } from "./draft";

/** As the service asks: fewer letters are no reason. */
const LEAST = 5;

/**
 * Changes an entry, or corrects one that is validated. When it has changed meanwhile both versions are shown; what was
 * typed stays until its writer decides.
 */
export function ChangeForm(props: { activity: Activity; close: () => void; again: (draft: Draft) => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { close, again } = props;
  // As it was when the form was opened: a newer version that comes meanwhile must not be overwritten unseen.
  const [read, setRead] = useState(props.activity);
  const [draft, setDraft] = useState(() => draftOf(read));
  const [reason, setReason] = useState("");
  const [present, setPresent] = useState<Activity | null>(null);
  const tasks = useQuery(ownTasksQuery(read.employee_id, read.date));
  const corrects = read.status === "validated";
  const unsaid = corrects && reason.trim().length < LEAST;
  const changed = () => client.invalidateQueries({ queryKey: activityKeys.own(read.employee_id) });
  const saving = useMutation({
    mutationFn: (onto: Activity) =>
      changeActivity(onto, { ...contentOf(draft), reason: onto.status === "validated" ? reason.trim() : null }),
    onSuccess: async () => {
      await changed();
      close();
    },
    onError: async (error) => {
      if (isOutdated(error)) setPresent(await asIs(read.employee_id, read.id));
      await changed();
    },
  });
  const keep = (onto: Activity) => {
    setRead(onto);
    setPresent(null);
    saving.reset();
    // A correction needs its reason first.
    if (onto.status !== "validated" || reason.trim().length >= LEAST) saving.mutate(onto);
  };
  if (present !== null) {
    return (
      <Conflict
        mine={draft}
        present={present}
        tasks={tasks.data?.items ?? []}
        keepMine={() => keep(present)}
        asNew={() => {
          again(draft);
          close();
        }}
        keepPresent={close}
        back={() => {
          setRead(present);
          setPresent(null);
          saving.reset();
        }}
      />
    );
  }
  return (
    <CommandForm
      label={t(corrects ? "activity.correct" : "activity.change")}
      lacking={lacking(draft).length > 0 || unsaid}
      command={{ ...saving, mutate: () => saving.mutate(read) }}
      submit={t(corrects ? "activity.correctNow" : "activity.changeNow")}
      close={close}
      told={FIELDS}
      fields={(tried) => (
        <>
          <ActivityFields
            draft={draft}
            set={setDraft}
            tried={tried}
            told={fieldErrors(saving.error)}
            tasks={tasks.data?.items ?? []}
            had={read.task}
          />
          {corrects && (
            <Textarea
              label={t("activity.reason")}
              description={t("activity.reasonHint")}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={tried && unsaid ? t("form.tooShort") : (fieldErrors(saving.error).reason ?? null)}
              maxLength={1000}
              autosize
              minRows={2}
            />
          )}
        </>
      )}
    />
  );
}
