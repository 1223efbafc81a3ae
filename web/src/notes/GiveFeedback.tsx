import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { useState } from "react";
import { giveFeedback, type Tone } from "../api/notes";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import { Given } from "./Given";
import classes from "./notes.module.css";
import { Sheet } from "./Sheet";
import { useGiving } from "./useGiving";
import { useSheet } from "./useSheet";
import { ValueChoice } from "./ValueChoice";
import { LEAST_WORDS, MOST_WORDS } from "./values";

interface About {
  employee: { id: string; name: string };
  /** What it is said of, where it is one thing. */
  activity?: { id: string; what: string; date: string | null };
  request?: string;
}

/** Feedback by two presses: this button, then a core value. */
export function GiveFeedback(props: About & { subtle?: boolean; named?: boolean }) {
  const { t } = useWords();
  const { employee, activity, subtle = false, named = false } = props;
  const { opened, round, open, close } = useSheet();
  const to = activity?.what ?? employee.name;
  return (
    <>
      <Button
        variant={subtle ? "subtle" : "default"}
        className={subtle ? classes.subtle : undefined}
        aria-label={named ? `${t("notes.give")}: ${to}` : undefined}
        onClick={open}
      >
        {t("notes.give")}
      </Button>
      <Sheet title={t("notes.for", { name: employee.name })} opened={opened} close={close}>
        <Giving key={round} {...props} close={close} />
      </Sheet>
    </>
  );
}

const TONES: readonly Tone[] = ["good", "improve"];

function Giving({ employee, activity, request, close }: About & { close: () => void }) {
  const { t } = useWords();
  const [tone, setTone] = useState<Tone>("good");
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const giving = useGiving((value, key) =>
    giveFeedback(
      employee.id,
      {
        value,
        tone,
        words: words.trim(),
        activity_id: activity?.id ?? null,
        date: activity?.date ?? null,
        request_id: request ?? null,
      },
      key,
    ),
  );
  if (giving.given !== null) return <Given note={giving.given} close={close} />;
  const lacking = tone === "improve" && words.trim().length < LEAST_WORDS;
  return (
    <div className={classes.giving}>
      {activity !== undefined && <p className="quiet">{t("notes.about", { what: activity.what })}</p>}
      <SegmentedControl
        aria-label={t("notes.tone")}
        value={tone}
        onChange={(chosen) => setTone(chosen as Tone)}
        data={TONES.map((one) => ({ value: one, label: t(`noteTone.${one}`) }))}
      />
      <Textarea
        label={t(tone === "good" ? "notes.words" : "notes.better")}
        error={tried && lacking ? t("form.tooShort") : null}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maxLength={MOST_WORDS}
        autosize
        minRows={tone === "good" ? 1 : 2}
        maxRows={6}
      />
      <Refusal error={giving.error} />
      <p className={classes.step}>{t("notes.tapValue")}</p>
      <ValueChoice
        label={t("notes.values")}
        sending={giving.sending}
        choose={(value) => {
          setTried(true);
          if (!lacking) giving.give(value);
        }}
      />
    </div>
  );
}
