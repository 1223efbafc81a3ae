import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { bindPhone, checkinKeys, type Phone, phonesQuery } from "../api/checkins";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import classes from "./checkin.module.css";
import { installId, label } from "./owner";

/** Whether this phone is the employee's own for checking in; else what it takes to become it. */
export function OwnPhone({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const phones = useQuery(phonesQuery(employeeId));
  const here = useQuery({ queryKey: ["installation"], queryFn: installId, staleTime: Number.POSITIVE_INFINITY });
  const binding = useMutation({
    mutationFn: async () => bindPhone(employeeId, await installId(), label()),
    onSuccess: () => client.invalidateQueries({ queryKey: checkinKeys.phones(employeeId) }),
  });
  if (phones.data === undefined || here.data === undefined) return null;
  const state = stateOf(phones.data, here.data);
  if (state === "own") {
    return (
      <p className={classes.phone}>
        <Glyph shape="full" size={12} /> {t("phone.own")}
      </p>
    );
  }
  return (
    <div className={classes.notice}>
      <p>
        <Glyph shape={state === "pending" ? "waiting" : "warning"} size={14} /> {t(`phone.${state}`)}
      </p>
      {state !== "pending" && (
        <Button variant="default" loading={binding.isPending} onClick={() => binding.mutate()}>
          {t(state === "none" ? "phone.bind" : "phone.change")}
        </Button>
      )}
      <Refusal error={binding.error} />
    </div>
  );
}

export function stateOf(phones: readonly Phone[], here: string): "own" | "pending" | "none" | "other" {
  if (phones.some((one) => one.state === "active" && one.install_id === here)) return "own";
  if (phones.some((one) => one.state === "pending" && one.install_id === here)) return "pending";
  return phones.some((one) => one.state === "active") ? "other" : "none";
}
