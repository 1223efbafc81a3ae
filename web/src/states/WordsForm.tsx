import { Textarea } from "@mantine/core";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../i18n";
import { CommandForm } from "./CommandForm";

/** As the services ask: fewer letters are no reason. */
const LEAST = 5;

/** A command whose one field is its reason, which somebody reads. `changed` is what is asked anew once it is done. */
export function WordsForm(props: {
  title: string;
  heading?: boolean;
  label: string;
  hint: string;
  most?: number;
  /** What is written already, to be changed. */
  words?: string;
  submit: string;
  send: (words: string) => Promise<unknown>;
  changed: readonly QueryKey[];
  close: () => void;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  const [words, setWords] = useState(props.words ?? "");
  const short = words.trim().length < LEAST;
  const sending = useMutation({
    mutationFn: () => props.send(words.trim()),
    onSuccess: async () => {
      await Promise.all(props.changed.map((queryKey) => client.invalidateQueries({ queryKey })));
      props.close();
    },
  });
  return (
    <CommandForm
      label={props.title}
      lacking={short}
      command={sending}
      submit={props.submit}
      close={props.close}
      fields={(tried) => (
        <>
          {props.heading && <h3>{props.title}</h3>}
          <Textarea
            label={props.label}
            description={props.hint}
            error={tried && short ? t("form.tooShort") : null}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            maxLength={props.most ?? 1000}
            autosize
            minRows={2}
          />
        </>
      )}
    />
  );
}
