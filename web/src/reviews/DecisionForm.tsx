import { checkinKeys } from "../api/checkins";
import { useWords } from "../i18n";
import { WordsForm } from "../states/WordsForm";

/** A decision with its reason, which the employee reads. */
export function DecisionForm(props: {
  submit: string;
  decide: (words: string) => Promise<unknown>;
  close: () => void;
}) {
  const { t } = useWords();
  return (
    <WordsForm
      title={props.submit}
      label={t("review.words")}
      hint={t("review.wordsHint")}
      submit={props.submit}
      send={props.decide}
      changed={[checkinKeys.queue]}
      close={props.close}
    />
  );
}
