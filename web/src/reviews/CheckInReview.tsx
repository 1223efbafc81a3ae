import { Button } from "@mantine/core";
import { useState } from "react";
import { type CheckInView, decide } from "../api/checkins";
import { Doubts } from "../checkin/Doubts";
import { Steps } from "../checkin/Steps";
import { day, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import classes from "../states/queue.module.css";
import { DecisionForm } from "./DecisionForm";

type Outcome = "accepted" | "rejected";

/** One doubted check-in: what is doubted, what was said, and the two decisions. */
export function CheckInReview({ row, name }: { row: CheckInView; name: string }) {
  const { t, language } = useWords();
  const { person } = usePerson();
  const [deciding, setDeciding] = useState<Outcome | null>(null);
  const waits = row.review === "open" || (row.review === "appealed" && person.roles.includes("bkpsdm"));
  return (
    <li>
      <h2>{name}</h2>
      <p className="quiet">
        {t(`checkin.${row.kind}`)} · {day(row.local_date, language)},{" "}
        {zonedClock(row.occurred_at, row.site.zone, language)} · {row.site.name}
      </p>
      <p>{t(`doubt.review.${row.review}`)}</p>
      <Doubts doubts={row.doubts} />
      {row.point !== null && row.point !== undefined && (
        <p>
          {t("review.point")}{" "}
          <span data-number>
            {row.point.lat.toFixed(5)}, {row.point.lon.toFixed(5)}
          </span>{" "}
          <span className="quiet">{t("review.pointWhy")}</span>
        </p>
      )}
      <Steps steps={row.steps ?? []} zone={row.site.zone} />
      {waits && deciding === null && row.employee_id !== person.employeeId && (
        <div className={classes.buttons}>
          <Button onClick={() => setDeciding("accepted")}>{t("review.accept")}</Button>
          <Button variant="default" onClick={() => setDeciding("rejected")}>
            {t("review.reject")}
          </Button>
        </div>
      )}
      {deciding !== null && (
        <DecisionForm
          submit={t(deciding === "accepted" ? "review.accept" : "review.reject")}
          decide={(words) => decide(row.id, deciding, words)}
          close={() => setDeciding(null)}
        />
      )}
    </li>
  );
}
