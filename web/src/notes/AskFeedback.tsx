import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { askFeedback } from "../api/notes";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import { Sheet } from "./Sheet";
import { useSheet } from "./useSheet";
import { MOST_WORDS } from "./values";

/** Asks the superior of today for feedback, in general or on a day's work. */
export function AskFeedback({ employeeId, today, asked }: { employeeId: string; today: string; asked: () => void }) {
  const { t } = useWords();
  const { opened, round, open, close } = useSheet();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t("notes.ask")}
      </Button>
      <Sheet title={t("notes.ask")} opened={opened} close={close}>
        <Asking
          key={round}
          employeeId={employeeId}
          today={today}
          close={close}
          asked={() => {
            close();
            asked();
          }}
        />
      </Sheet>
    </>
  );
}

function Asking(props: { employeeId: string; today: string; close: () => void; asked: () => void }) {
  const { t } = useWords();
  const { employeeId, today, close, asked } = props;
  const [words, setWords] = useState("");
  const [date, setDate] = useState("");
  const key = useRef(crypto.randomUUID());
  const asking = useMutation({
    mutationFn: () =>
      askFeedback(employeeId, { words: words.trim(), date: date === "" ? null : date, activity_id: null }, key.current),
    onSuccess: asked,
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID(); // what is mended is another command
    },
  });
  return (
    <CommandForm
      label={t("notes.ask")}
      lacking={false}
      command={asking}
      submit={t("notes.askNow")}
      close={close}
      told={["date"]}
      fields={() => (
        <>
          <p className="quiet">{t("notes.askWhy")}</p>
          <Textarea
            label={t("notes.askWords")}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            maxLength={MOST_WORDS}
            autosize
            minRows={2}
            maxRows={8}
          />
          <TextInput
            type="date"
            label={t("notes.askDate")}
            max={today}
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
            error={fieldErrors(asking.error).date ?? null}
          />
        </>
      )}
    />
  );
}
