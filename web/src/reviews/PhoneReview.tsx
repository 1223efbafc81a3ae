import { Button } from "@mantine/core";
import { useState } from "react";
import { decidePhone, type Phone } from "../api/checkins";
import { day, localDate } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import classes from "../states/queue.module.css";
import { DecisionForm } from "./DecisionForm";

/** A change of somebody's phone that waits for approval. */
export function PhoneReview({ phone, name }: { phone: Phone; name: string }) {
  const { t, language } = useWords();
  const { person } = usePerson();
  const { zone } = useAgency();
  const [approving, setApproving] = useState<boolean | null>(null);
  return (
    <li>
      <h2>{name}</h2>
      <p>{t("review.phone", { label: phone.label })}</p>
      <p className="quiet">{t("review.asked", { date: day(localDate(phone.asked_at, zone), language) })}</p>
      {approving === null && phone.employee_id !== person.employeeId && (
        <div className={classes.buttons}>
          <Button onClick={() => setApproving(true)}>{t("review.approvePhone")}</Button>
          <Button variant="default" onClick={() => setApproving(false)}>
            {t("review.refusePhone")}
          </Button>
        </div>
      )}
      {approving !== null && (
        <DecisionForm
          submit={t(approving ? "review.approvePhone" : "review.refusePhone")}
          decide={(words) => decidePhone(phone.id, approving, words)}
          close={() => setApproving(null)}
        />
      )}
    </li>
  );
}
