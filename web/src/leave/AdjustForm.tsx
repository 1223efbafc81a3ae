import { NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { adjustLeave, leaveKeys } from "../api/leave";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { DateField } from "../states/DateField";
import { ReasonField, tooShort } from "../states/ReasonField";
import { fieldErrors } from "../states/Refusal";

const MOST = 60;

/** Days more or less in a balance, with the reason the employee reads in the ledger. */
export function AdjustForm(props: { employeeId: string; today: string; close: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { employeeId, today, close } = props;
  const [day, setDay] = useState(today);
  const [days, setDays] = useState<number | string>("");
  const [words, setWords] = useState("");
  const key = useRef(crypto.randomUUID());
  const empty = days === "" || Number(days) === 0;
  const short = tooShort(words);
  const adjusting = useMutation({
    mutationFn: () => adjustLeave(employeeId, { day, days: String(days), words: words.trim() }, key.current),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: leaveKeys.own(employeeId) });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID(); // what is mended is another command
    },
  });
  const told = fieldErrors(adjusting.error);
  return (
    <CommandForm
      label={t("leave.adjust")}
      lacking={empty || short || day === ""}
      command={adjusting}
      submit={t("leave.adjustNow")}
      close={close}
      told={["day", "days", "words"]}
      fields={(tried) => (
        <>
          <NumberInput
            label={t("leave.adjustDays")}
            description={t("leave.adjustHint")}
            value={days}
            onChange={setDays}
            step={0.5}
            min={-MOST}
            max={MOST}
            decimalScale={1}
            decimalSeparator={language === "id" ? "," : "."}
            error={tried && empty ? t("leave.missing") : (told.days ?? null)}
          />
          <DateField label={t("leave.adjustFrom")} value={day} change={setDay} tried={tried} told={told.day} />
          <ReasonField
            label={t("leave.words")}
            hint={t("leave.adjustWords")}
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
