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

interface About {
  employeeId: string;
  today: string;
  /** What it is asked of, where it is one thing. */
  activity?: { id: string; what: string; date: string };
  asked: () => void;
}

/** Asks the superior of today for feedback: in general, on a day's work, or on one activity. */
export function AskFeedback(props: About & { className?: string | undefined }) {
  const { t } = useWords();
  const { activity, className, asked } = props;
  const { opened, round, open, close } = useSheet();
  return (
    <>
      <Button
        variant={activity === undefined ? "default" : "subtle"}
        className={className}
        aria-label={activity && `${t("notes.ask")}: ${activity.what}`}
        onClick={open}
      >
        {t("notes.ask")}
      </Button>
      <Sheet title={t("notes.ask")} opened={opened} close={close}>
        <Asking
          key={round}
          {...props}
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

function Asking(props: About & { close: () => void }) {
  const { t } = useWords();
  const { employeeId, today, activity, close, asked } = props;
  const [words, setWords] = useState("");
  const [date, setDate] = useState(activity?.date ?? "");
  const key = useRef(crypto.randomUUID());
  const asking = useMutation({
    mutationFn: () =>
      askFeedback(
        employeeId,
        { words: words.trim(), date: date === "" ? null : date, activity_id: activity?.id ?? null },
        key.current,
      ),
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
      told={activity === undefined ? ["date"] : []}
      fields={() => (
        <>
          <p className="quiet">{t("notes.askWhy")}</p>
          {activity !== undefined && <p>{t("notes.about", { what: activity.what })}</p>}
          <Textarea
            label={t(activity === undefined ? "notes.askWords" : "notes.askMore")}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            maxLength={MOST_WORDS}
            autosize
            minRows={2}
            maxRows={8}
          />
          {activity === undefined && (
            <TextInput
              type="date"
              label={t("notes.askDate")}
              max={today}
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
              error={fieldErrors(asking.error).date ?? null}
            />
          )}
        </>
      )}
    />
  );
}
