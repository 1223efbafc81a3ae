import { useState } from "react";
import { type Case, deliverCase } from "../api/discipline";
import { useWords } from "../i18n";
import { useToday } from "../shell/useToday";
import { CommandForm } from "../states/CommandForm";
import { DateField } from "../states/DateField";
import { fieldErrors } from "../states/Refusal";
import { useStep } from "./useStep";

/** When the decision was handed over: from then on its effect is known. */
export function DeliverForm({ found, close }: { found: Case; close: () => void }) {
  const { t } = useWords();
  const [on, setOn] = useState(useToday());
  const delivering = useStep(() => deliverCase(found, on), close);
  return (
    <CommandForm
      label={t("caseAct.deliver")}
      lacking={on === ""}
      command={delivering}
      submit={t("caseAct.deliver")}
      close={close}
      told={["delivered_on"]}
      fields={(tried) => (
        <DateField
          label={t("discipline.deliveredOn")}
          value={on}
          change={setOn}
          tried={tried}
          told={fieldErrors(delivering.error).delivered_on}
        />
      )}
    />
  );
}
