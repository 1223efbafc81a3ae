import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { cancelLeave, type Leave, leaveKeys } from "../api/leave";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { ReasonField, tooShort } from "../states/ReasonField";

/** Takes a request back; of leave that has begun, asks the superior, who reads why. */
export function CancelForm({ leave, today, close }: { leave: Leave; today: string; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const begun = leave.status === "approved" && leave.first <= today;
  const [words, setWords] = useState("");
  const [since, setSince] = useState(today > leave.first && today <= leave.last ? today : leave.first);
  const short = begun && tooShort(words);
  const changed = () => client.invalidateQueries({ queryKey: leaveKeys.own(leave.employee_id) });
  const cancelling = useMutation({
    mutationFn: () => cancelLeave(leave, begun ? words.trim() : null, begun ? since : null),
    onSuccess: async () => {
      await changed();
      close();
    },
    onError: changed,
  });
  const word = begun ? "leave.askCancel" : leave.status === "approved" ? "leave.cancelNow" : "leave.withdrawNow";
  return (
    <CommandForm
      label={t(word)}
      lacking={short}
      command={cancelling}
      submit={t(word)}
      close={close}
      fields={(tried) => (
        <>
          <p>{t(begun ? "leave.askCancelWhy" : "leave.cancelWhy")}</p>
          {begun && leave.first !== leave.last && (
            <TextInput
              type="date"
              label={t("leave.cancelSince")}
              min={leave.first}
              max={leave.last}
              value={since}
              onChange={(event) => setSince(event.currentTarget.value)}
            />
          )}
          {begun && <ReasonField label={t("leave.cancelWords")} words={words} change={setWords} tried={tried} />}
        </>
      )}
    />
  );
}
