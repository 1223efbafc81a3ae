import { Button, SegmentedControl, Select, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Colleague, colleaguesQuery, givePraise, LEAST_LETTERS, type Shown } from "../api/notes";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import { Given } from "./Given";
import classes from "./notes.module.css";
import { Sheet } from "./Sheet";
import { useGiving } from "./useGiving";
import { useSheet } from "./useSheet";
import { ValueChoice } from "./ValueChoice";
import { MOST_WORDS } from "./values";

const PAUSE = 250;
const SHOWN: readonly Shown[] = ["private", "unit"];

/** Praise for somebody of the same office. */
export function PraiseColleague({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const { opened, round, open, close } = useSheet();
  return (
    <>
      <Button onClick={open}>{t("notes.praise")}</Button>
      <Sheet title={t("notes.praise")} opened={opened} close={close}>
        <Praising key={round} employeeId={employeeId} close={close} />
      </Sheet>
    </>
  );
}

function Praising({ employeeId, close }: { employeeId: string; close: () => void }) {
  const { t } = useWords();
  const [whom, setWhom] = useState<Colleague | null>(null);
  const [shown, setShown] = useState<Shown>("private");
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const giving = useGiving((value, key) => givePraise(whom?.id ?? "", { value, words: words.trim(), shown }, key));
  if (giving.given !== null) return <Given note={giving.given} close={close} />;
  return (
    <div className={classes.giving}>
      <FindColleague
        employeeId={employeeId}
        chosen={whom}
        choose={setWhom}
        error={tried && whom === null ? t("notes.whomMissing") : null}
      />
      <SegmentedControl
        aria-label={t("notes.shown")}
        value={shown}
        onChange={(chosen) => setShown(chosen as Shown)}
        data={SHOWN.map((one) => ({ value: one, label: t(`noteShown.${one}`) }))}
      />
      <p className="quiet">{t(`noteShownWhy.${shown}`)}</p>
      <Textarea
        label={t("notes.words")}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maxLength={MOST_WORDS}
        autosize
        minRows={1}
        maxRows={6}
      />
      <Refusal error={giving.error} />
      <p className={classes.step}>{t("notes.tapValue")}</p>
      <ValueChoice
        label={t("notes.values")}
        sending={giving.sending}
        choose={(value) => {
          setTried(true);
          if (whom !== null) giving.give(value);
        }}
      />
    </div>
  );
}

/** Somebody of the same office, by a part of the name. */
function FindColleague(props: {
  employeeId: string;
  chosen: Colleague | null;
  choose: (person: Colleague | null) => void;
  error: string | null;
}) {
  const { t } = useWords();
  const { employeeId, chosen, choose, error } = props;
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), PAUSE);
  const label = ({ name, post_title }: Colleague) => (post_title === "" ? name : `${name} · ${post_title}`);
  const settled = chosen !== null && asked === label(chosen);
  const found = useQuery(colleaguesQuery(employeeId, settled ? "" : asked));
  const people = settled || asked.length < LEAST_LETTERS ? [] : (found.data?.items ?? []);
  const options = chosen !== null && !people.some(({ id }) => id === chosen.id) ? [chosen, ...people] : people;
  return (
    <Select
      label={t("notes.whom")}
      placeholder={t("notes.whomHint")}
      data={options.map((one) => ({ value: one.id, label: label(one) }))}
      value={chosen?.id ?? null}
      onChange={(id) => choose(options.find((one) => one.id === id) ?? null)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={asked.length < LEAST_LETTERS ? t("notes.whomMore") : t("notes.whomNobody")}
      error={error}
    />
  );
}
