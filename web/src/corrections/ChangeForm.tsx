import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Correction, changeCorrection, correctionKeys } from "../api/corrections";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import { CorrectionFields } from "./CorrectionFields";
import { claimOf, draftOf, FIELDS, lacking } from "./draft";

/** Says anew what is claimed; it waits again. */
export function ChangeForm(props: {
  correction: Correction;
  changed: (now: Correction | null) => unknown;
  close: () => void;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  // As it was when the form was opened: a newer version that comes meanwhile must not be overwritten unseen.
  const [read] = useState(props.correction);
  const [draft, setDraft] = useState(() => draftOf(read));
  const again = () => client.invalidateQueries({ queryKey: correctionKeys.own(read.employee_id) });
  const saving = useMutation({
    mutationFn: () => changeCorrection(read, claimOf(draft)),
    onSuccess: async (now) => {
      await again();
      props.changed(now);
      props.close();
    },
    onError: again,
  });
  return (
    <CommandForm
      label={t("correction.change")}
      lacking={lacking(draft).length > 0}
      command={saving}
      submit={t("correction.changeNow")}
      close={props.close}
      told={FIELDS}
      fields={(tried) => (
        <CorrectionFields draft={draft} set={setDraft} tried={tried} told={fieldErrors(saving.error)} />
      )}
    />
  );
}
