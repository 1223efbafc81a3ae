import { Button } from "@mantine/core";
import { useState } from "react";
import { type Case, disciplineKeys, dropCase } from "../api/discipline";
import { useWords } from "../i18n";
import { WordsForm } from "../states/WordsForm";
import { DecideForm } from "./DecideForm";
import { DeliverForm } from "./DeliverForm";
import classes from "./discipline.module.css";
import { ExamineForm } from "./ExamineForm";

type Form = "examine" | "decide" | "drop" | "deliver";

/** What may be done about a case now: examine, decide, drop, deliver. */
export function Acting({ found }: { found: Case }) {
  const { t } = useWords();
  const [form, setForm] = useState<Form | null>(null);
  const open = found.status === "proposed" || found.status === "examining";
  const forms: readonly Form[] = [
    ...(found.status === "examining" ? (["decide"] as const) : []),
    ...(open ? (["examine", "drop"] as const) : []),
    ...(found.decision !== null && found.delivered_on === null ? (["deliver"] as const) : []),
  ];
  if (forms.length === 0) return null;
  const close = () => setForm(null);
  return (
    <section className={classes.form}>
      {form === null && (
        <div className={classes.buttons}>
          {forms.map((one, n) => (
            <Button key={one} variant={n === 0 ? "filled" : "default"} onClick={() => setForm(one)}>
              {t(one === "examine" && found.hearing_on !== null ? "caseAct.examineAgain" : `caseAct.${one}`)}
            </Button>
          ))}
        </div>
      )}
      {form === "examine" && <ExamineForm found={found} close={close} />}
      {form === "decide" && <DecideForm found={found} close={close} />}
      {form === "deliver" && <DeliverForm found={found} close={close} />}
      {form === "drop" && (
        <WordsForm
          heading
          title={t("caseAct.drop")}
          label={t("discipline.words")}
          hint={t("discipline.wordsHint")}
          submit={t("caseAct.drop")}
          send={(words) => dropCase(found, words)}
          changed={[disciplineKeys.all]}
          close={close}
        />
      )}
    </section>
  );
}
