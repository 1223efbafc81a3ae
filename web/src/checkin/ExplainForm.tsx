import { type CheckInView, checkinKeys, explain } from "../api/checkins";
import { useWords } from "../i18n";
import { WordsForm } from "../states/WordsForm";

/** Words to an open doubt, or an appeal against a decision. */
export function ExplainForm({ row, may, close }: { row: CheckInView; may: "appeal" | "explain"; close: () => void }) {
  const { t } = useWords();
  return (
    <WordsForm
      title={t(`doubt.${may}`)}
      label={t("doubt.words")}
      hint={t("doubt.wordsHint")}
      submit={t("doubt.send")}
      send={(words) => explain(row.employee_id, row.id, words)}
      changed={[checkinKeys.own(row.employee_id)]}
      close={close}
    />
  );
}
