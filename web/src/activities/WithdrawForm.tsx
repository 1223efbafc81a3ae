import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Activity, activityKeys, withdrawActivity } from "../api/appraisal";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";

/** Asked once more: what is withdrawn cannot be taken back. */
export function WithdrawForm({ activity, close }: { activity: Activity; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const changed = () => client.invalidateQueries({ queryKey: activityKeys.own(activity.employee_id) });
  const withdrawing = useMutation({
    mutationFn: () => withdrawActivity(activity),
    onSuccess: async () => {
      await changed();
      close();
    },
    onError: changed,
  });
  return (
    <CommandForm
      label={t("activity.withdraw")}
      lacking={false}
      command={withdrawing}
      submit={t("activity.withdrawNow")}
      close={close}
      fields={() => <p>{t("activity.withdrawWhy")}</p>}
    />
  );
}
