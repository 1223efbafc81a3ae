import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Correction, correctionKeys, withdrawCorrection } from "../api/corrections";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";

/** Asked once more: what is withdrawn cannot be taken back. */
export function WithdrawForm(props: {
  correction: Correction;
  changed: (now: Correction | null) => unknown;
  close: () => void;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: correctionKeys.own(props.correction.employee_id) });
  const withdrawing = useMutation({
    mutationFn: () => withdrawCorrection(props.correction),
    onSuccess: async (now) => {
      await again();
      props.changed(now);
      props.close();
    },
    onError: again,
  });
  return (
    <CommandForm
      label={t("correction.withdraw")}
      lacking={false}
      command={withdrawing}
      submit={t("correction.withdrawNow")}
      close={props.close}
      fields={() => <p>{t("correction.withdrawWhy")}</p>}
    />
  );
}
