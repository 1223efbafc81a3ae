import { dropLetter, letterKeys } from "../api/deadletters";
import { useWords } from "../i18n";
import { WordsForm } from "../states/WordsForm";

/** Giving a letter up: for good, so with the reason. */
export function DropForm({ id, close }: { id: string; close: () => void }) {
  const { t } = useWords();
  return (
    <WordsForm
      title={t("letters.drop")}
      label={t("letters.why")}
      hint={t("letters.whyHint")}
      most={500}
      submit={t("letters.dropNow")}
      send={(reason) => dropLetter(id, reason)}
      changed={[letterKeys.all]}
      close={close}
    />
  );
}
