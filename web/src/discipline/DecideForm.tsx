import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { type Case, decideCase } from "../api/discipline";
import { useWords } from "../i18n";
import { useToday } from "../shell/useToday";
import { CommandForm } from "../states/CommandForm";
import { DateField } from "../states/DateField";
import { ReasonField, tooShort } from "../states/ReasonField";
import { fieldErrors } from "../states/Refusal";
import { sanctionWord } from "./sanctions";
import { useStep } from "./useStep";

/** What a person has decided: sanction, letter, date and reason. What is indicated is proposed, and may be changed. */
export function DecideForm({ found, close }: { found: Case; close: () => void }) {
  const { t } = useWords();
  const [sanction, setSanction] = useState(found.interim ?? found.sanction);
  const [letter, setLetter] = useState("");
  const [on, setOn] = useState(useToday());
  const [words, setWords] = useState("");
  const short = tooShort(words);
  const deciding = useStep(
    () => decideCase(found, { sanction, letter: letter.trim(), decided_on: on, words: words.trim() }),
    close,
  );
  const told = fieldErrors(deciding.error);
  return (
    <CommandForm
      label={t("caseAct.decide")}
      lacking={letter.trim() === "" || on === "" || short}
      command={deciding}
      submit={t("caseAct.decideNow")}
      close={close}
      told={["sanction", "letter", "decided_on", "words"]}
      fields={(tried) => (
        <>
          <h3>{t("caseAct.decide")}</h3>
          <Select
            label={t("discipline.sanction")}
            data={found.sanctions.map((code) => ({ value: code, label: sanctionWord(code, t) }))}
            value={sanction}
            onChange={(chosen) => setSanction(chosen ?? sanction)}
            allowDeselect={false}
            error={told.sanction ?? null}
          />
          <TextInput
            label={t("discipline.letter")}
            value={letter}
            maxLength={200}
            onChange={(event) => setLetter(event.currentTarget.value)}
            error={tried && letter.trim() === "" ? t("leave.missing") : (told.letter ?? null)}
          />
          <DateField label={t("discipline.decidedOn")} value={on} change={setOn} tried={tried} told={told.decided_on} />
          <ReasonField
            label={t("discipline.words")}
            hint={t("discipline.wordsHint")}
            words={words}
            change={setWords}
            tried={tried}
            told={told.words}
          />
        </>
      )}
    />
  );
}
