import { Textarea } from "@mantine/core";
import { useWords } from "../i18n";

/** As the services ask: fewer letters are no reason. */
const LEAST = 5;

/** Whether it is no reason yet. */
export const tooShort = (words: string) => words.trim().length < LEAST;

/** A reason that somebody reads. `told` is what the service says of it. */
export function ReasonField(props: {
  label: string;
  hint?: string | undefined;
  most?: number | undefined;
  words: string;
  change: (words: string) => void;
  tried: boolean;
  told?: string | undefined;
}) {
  const { t } = useWords();
  const { label, hint, most, words, change, tried, told } = props;
  return (
    <Textarea
      label={label}
      description={hint}
      value={words}
      onChange={(event) => change(event.currentTarget.value)}
      maxLength={most ?? 1000}
      autosize
      minRows={2}
      error={tried && tooShort(words) ? t("form.tooShort") : (told ?? null)}
    />
  );
}
