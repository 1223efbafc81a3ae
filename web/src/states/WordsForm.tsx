import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CommandForm } from "./CommandForm";
import { ReasonField, tooShort } from "./ReasonField";

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
  const client = useQueryClient();
  const [words, setWords] = useState(props.words ?? "");
  const short = tooShort(words);
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
          <ReasonField
            label={props.label}
            hint={props.hint}
            most={props.most}
            words={words}
            change={setWords}
            tried={tried}
          />
        </>
      )}
    />
  );
}
