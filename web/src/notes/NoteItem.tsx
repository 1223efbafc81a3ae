import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerNote, type Note, noteKeys, withdrawNote } from "../api/notes";
import { day, dayAndClock, localDate } from "../format/time";
import { useWords } from "../i18n";
import { useNow } from "../live/useNow";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import { WordsForm } from "../states/WordsForm";
import classes from "./notes.module.css";
import { OfActivity } from "./OfActivity";

const MINUTE = 60_000;

/** One note as its receiver, its author or the unit sees it, with what each can do about it. */
export function NoteItem({ note, side }: { note: Note; side: "received" | "given" | "unit" }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { answer } = note;
  const names = { author: note.author.name ?? t("notes.nobody"), employee: note.employee.name ?? t("notes.nobody") };
  return (
    <li data-note={note.id}>
      <p className={classes.top}>
        <strong>{t(`noteValue.${note.value}`)}</strong>
        <span>
          <Glyph shape={note.tone === "good" ? "full" : "warning"} />{" "}
          {note.kind === "praise" ? t("notes.isPraise") : t(`noteTone.${note.tone}`)}
        </span>
      </p>
      <p className="quiet">
        {t(`noteFrom.${side}`, names)} · {dayAndClock(note.given_at, zone, language)}
        {note.date !== localDate(note.given_at, zone) && ` · ${t("notes.ofDay", { date: day(note.date, language) })}`}
        {note.activity_id !== null && (
          <>
            {" · "}
            {side === "unit" ? (
              t("notes.ofActivity")
            ) : (
              <OfActivity
                id={note.activity_id}
                date={note.date}
                employee={note.employee.id}
                own={side === "received"}
              />
            )}
          </>
        )}
        {note.shown === "unit" && side !== "unit" && ` · ${t("noteShown.unit")}`}
      </p>
      {note.words !== "" && <p>{note.words}</p>}
      {answer !== null && (
        <div className={classes.said}>
          <span className="quiet">
            {t(side === "received" ? "notes.yourAnswer" : "notes.answerOf", names)},{" "}
            {dayAndClock(answer.answered_at, zone, language)}
          </span>
          <p>{answer.words}</p>
        </div>
      )}
      {side === "received" && <Answering note={note} />}
      {side === "given" && <TakingBack note={note} />}
    </li>
  );
}

function Answering({ note }: { note: Note }) {
  const { t } = useWords();
  const now = useNow(MINUTE);
  const [opened, setOpened] = useState(false);
  const { answer } = note;
  if (answer !== null && Date.parse(answer.changeable_until) <= now) return null;
  const title = t(answer === null ? "notes.answer" : "notes.changeAnswer");
  if (!opened) {
    return (
      <div className={classes.buttons}>
        <Button
          variant={answer === null ? "default" : "subtle"}
          className={answer === null ? undefined : classes.subtle}
          aria-label={`${title}: ${t(`noteValue.${note.value}`)}`}
          onClick={() => setOpened(true)}
        >
          {title}
        </Button>
      </div>
    );
  }
  return (
    <WordsForm
      title={title}
      label={t("notes.answerWords")}
      hint={t("notes.answerHint")}
      words={answer?.words ?? ""}
      submit={t("notes.answerNow")}
      send={(words) => answerNote(note, words)}
      changed={[noteKeys.all]}
      close={() => setOpened(false)}
    />
  );
}

function TakingBack({ note }: { note: Note }) {
  const { t } = useWords();
  const now = useNow(MINUTE);
  const client = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: () => withdrawNote(note),
    onSettled: () => client.invalidateQueries({ queryKey: noteKeys.all }),
  });
  if (note.withdrawable_until === null || Date.parse(note.withdrawable_until) <= now) return null;
  return (
    <div className={classes.buttons}>
      <Button
        variant="subtle"
        className={classes.subtle}
        loading={withdrawing.isPending}
        aria-label={`${t("notes.takeBack")}: ${t(`noteValue.${note.value}`)}, ${note.employee.name ?? ""}`}
        onClick={() => withdrawing.mutate()}
      >
        {t("notes.takeBack")}
      </Button>
      <Refusal error={withdrawing.error} />
    </div>
  );
}
