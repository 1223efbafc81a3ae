import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { decidedCorrectionsQuery } from "../api/corrections";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { PeriodPicker } from "../shell/PeriodPicker";
import { usePeriod } from "../shell/usePeriod";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import classes from "./corrections.module.css";
import { DecidedRow } from "./DecidedRow";

const PAGE = 50;
/** What the API answers at once. */
const MOST = 200;

/** What was decided of the dates of a period, newest first. */
export function DecidedList() {
  const { t, language } = useWords();
  const today = useToday();
  const { period, change } = usePeriod(today);
  const [limit, setLimit] = useState(PAGE);
  const found = useQuery(decidedCorrectionsQuery(period.from, period.to, limit));
  const rows = found.data?.items ?? [];
  const total = found.data?.total ?? 0;
  const names = useNames(rows.map((row) => row.employee_id));
  return (
    <>
      <div className={classes.top}>
        <PeriodPicker period={period} latest={today} change={change} />
      </div>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={40} />
        )
      ) : rows.length === 0 ? (
        <Notice title={t("correction.decidedNone")} />
      ) : (
        <ul className={classes.list} aria-busy={found.isPlaceholderData}>
          {rows.map((row) => (
            <DecidedRow key={row.id} row={row} name={names(row.employee_id)} />
          ))}
        </ul>
      )}
      {total > rows.length &&
        (limit < MOST ? (
          <Button variant="default" loading={found.isPlaceholderData} onClick={() => setLimit(limit + PAGE)}>
            {t("validation.more", { number: integer(total - rows.length, language) })}
          </Button>
        ) : (
          <p className="quiet">{t("correction.decidedMost", { number: integer(MOST, language) })}</p>
        ))}
    </>
  );
}
