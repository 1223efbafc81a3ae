import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeSuperior, directoryKeys, resolveReport, type SuperiorReport } from "../api/directory";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { CommandForm } from "../states/CommandForm";
import classes from "../states/queue.module.css";
import { ReasonField, tooShort } from "../states/ReasonField";
import { ChoosePerson, type Chosen } from "./ChoosePerson";

type Outcome = "mended" | "refused";
/** Mend the record and say so, or say why it is right as it is. The employee reads the answer. */
export function Answer(props: {
  report: SuperiorReport;
  answering: Outcome | null;
  setAnswering: (outcome: Outcome | null) => void;
}) {
  const { t } = useWords();
  const { person } = usePerson();
  const { report, answering, setAnswering } = props;
  if (!person.roles.includes("bkpsdm")) return null;
  if (answering !== null) return <Form report={report} outcome={answering} close={() => setAnswering(null)} />;
  return (
    <div className={classes.buttons}>
      <Button onClick={() => setAnswering("mended")}>{t("queue.mend")}</Button>
      <Button variant="default" onClick={() => setAnswering("refused")}>
        {t("queue.refuse")}
      </Button>
    </div>
  );
}

function Form({ report, outcome, close }: { report: SuperiorReport; outcome: Outcome; close: () => void }) {
  const { t } = useWords();
  const { zone } = useAgency();
  const client = useQueryClient();
  const right = report.right_superior ?? null;
  const [superior, setSuperior] = useState<Chosen | null>(right);
  const [answer, setAnswer] = useState("");
  const short = tooShort(answer);
  const nobody = outcome === "mended" && superior === null;
  const sending = useMutation({
    mutationFn: async () => {
      if (outcome === "mended" && superior !== null) {
        await changeSuperior(report.employee.id, superior.id, localDate(new Date().toISOString(), zone));
      }
      await resolveReport(report.id, outcome, answer.trim());
    },
    onSuccess: () => client.invalidateQueries({ queryKey: directoryKeys.reports }),
  });
  return (
    <CommandForm
      lacking={short || nobody}
      command={sending}
      submit={t(outcome === "mended" ? "queue.mendNow" : "queue.refuseNow")}
      close={close}
      fields={(tried) => (
        <>
          {outcome === "mended" && (
            <ChoosePerson
              label={t("queue.newSuperior")}
              chosen={superior}
              choose={setSuperior}
              error={tried && nobody ? t("queue.chooseSomebody") : null}
            />
          )}
          <ReasonField
            label={t("queue.answer")}
            hint={t("queue.answerHint")}
            words={answer}
            change={setAnswer}
            tried={tried}
          />
        </>
      )}
    />
  );
}
