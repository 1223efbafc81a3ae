import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Activity, activityKeys, ownTasksQuery, recordActivity } from "../api/appraisal";
import { isRefused } from "../api/client";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { Glyph } from "../states/Glyph";
import { fieldErrors } from "../states/Refusal";
import { ActivityFields } from "./ActivityFields";
import { contentOf, type Draft, EMPTY, FIELDS, lacking } from "./draft";

/** The form of one activity more; what is in it belongs to the page, which may fill it from earlier ones. */
export function NewActivity(props: { employeeId: string; date: string; draft: Draft; set: (draft: Draft) => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { employeeId, date, set } = props;
  const tasks = useQuery(ownTasksQuery(employeeId, date));
  const [last, setLast] = useState<Activity | null>(null);
  const key = useRef(crypto.randomUUID());
  // A task that is not of this day's catalogue cannot be chosen, only carried along from an earlier entry.
  const known = tasks.data?.items.some(({ id }) => id === props.draft.task) ?? true;
  const draft = known ? props.draft : { ...props.draft, task: null };
  const saving = useMutation({
    mutationFn: () => recordActivity(employeeId, { ...contentOf(draft), date }, key.current),
    onSuccess: (made) => {
      key.current = crypto.randomUUID();
      setLast(made);
      set(EMPTY);
      return client.invalidateQueries({ queryKey: activityKeys.own(employeeId) });
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID(); // what is mended is another command
    },
  });
  return (
    <>
      <CommandForm
        key={last?.id}
        label={t("activity.record")}
        lacking={lacking(draft).length > 0}
        command={saving}
        submit={t("activity.recordNow")}
        told={FIELDS}
        fields={(tried) => (
          <ActivityFields
            draft={draft}
            set={set}
            tried={tried}
            told={fieldErrors(saving.error)}
            tasks={tasks.data?.items ?? []}
          />
        )}
      />
      <p role="status">
        {last !== null && draft.what === "" && (
          <>
            <Glyph shape="full" /> {t("activity.done", { minutes: integer(last.minutes, language) })}
          </>
        )}
      </p>
    </>
  );
}
