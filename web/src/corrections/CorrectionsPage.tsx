import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { correctionsQuery } from "../api/corrections";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { NotFound } from "../shell/NotFound";
import { PeriodPicker } from "../shell/PeriodPicker";
import { usePeriod } from "../shell/usePeriod";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { Correction } from "./Correction";
import classes from "./corrections.module.css";

/** One's own corrections by the dates they are for, with what became of each. */
export function CorrectionsPage() {
  const { person } = usePerson();
  return person.employeeId === null ? <NotFound /> : <Corrections employeeId={person.employeeId} />;
}

function Corrections({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const today = useToday();
  const { period, change } = usePeriod(today);
  const found = useQuery(correctionsQuery(employeeId, period.from, period.to));
  const heading = useTitle(t("correction.title"), "corrections", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("correction.title")}
      </h1>
      <p className="quiet">{t("correction.why")}</p>
      <div className={classes.top}>
        <Button component={Link} href="/koreksi/baru">
          {t("correction.ask")}
        </Button>
        <PeriodPicker period={period} latest={today} change={change} />
      </div>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={4} height={40} />
        )
      ) : found.data.items.length === 0 ? (
        <Notice title={t("correction.none")}>
          <p>{t("correction.noneText")}</p>
        </Notice>
      ) : (
        <ul className={classes.list}>
          {found.data.items.map((row) => (
            <Correction key={row.id} row={row} />
          ))}
        </ul>
      )}
    </div>
  );
}
