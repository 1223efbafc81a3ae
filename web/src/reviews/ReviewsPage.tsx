import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queueQuery, type Shown, waitingPhonesQuery } from "../api/checkins";
import { useWords } from "../i18n";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import classes from "../states/queue.module.css";
import { Waiting } from "../states/Waiting";
import { CheckInReview } from "./CheckInReview";
import { PhoneReview } from "./PhoneReview";
import { useNames } from "./useNames";

const SHOWN: Shown[] = ["waiting", "decided"];

/** Check-ins that a person has to look at, and changes of phones: of one's own people, or of everybody. */
export function ReviewsPage() {
  const { t } = useWords();
  const [shown, setShown] = useState<Shown>("waiting");
  const checkins = useQuery(queueQuery(shown));
  const phones = useQuery(waitingPhonesQuery());
  const rows = checkins.data?.items ?? [];
  const changes = shown === "waiting" ? (phones.data ?? []) : [];
  const names = useNames([...rows, ...changes].map((one) => one.employee_id));
  const heading = useTitle(t("review.title"), "reviews", true);
  const error = checkins.error ?? phones.error;
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("review.title")}
      </h1>
      <p className="quiet">{t("review.why")}</p>
      <SegmentedControl
        aria-label={t("review.filter")}
        value={shown}
        onChange={(chosen) => setShown(chosen as Shown)}
        data={SHOWN.map((one) => ({ value: one, label: t(`review.${one}`) }))}
      />
      {checkins.data === undefined || phones.data === undefined ? (
        error !== null ? (
          <Failure error={error} retry={() => Promise.all([checkins.refetch(), phones.refetch()])} />
        ) : (
          <Waiting rows={5} height={32} />
        )
      ) : rows.length + changes.length === 0 ? (
        <Notice title={t(`review.${shown}None`)}>
          <p>{t("review.noneText")}</p>
        </Notice>
      ) : (
        <ul className={classes.queue}>
          {changes.map((phone) => (
            <PhoneReview key={phone.id} phone={phone} name={names(phone.employee_id)} />
          ))}
          {rows.map((row) => (
            <CheckInReview key={row.id} row={row} name={names(row.employee_id)} />
          ))}
        </ul>
      )}
    </div>
  );
}
