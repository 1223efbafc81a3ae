import { useQuery } from "@tanstack/react-query";
import { ownClosingsQuery } from "../api/closings";
import { AdjustmentTable } from "../closings/AdjustmentTable";
import { day, days, localDate } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";

/** Which of these days are closed, quietly, and what has changed of them since. */
export function Closed({ employeeId, from, to }: { employeeId: string; from: string; to: string }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { data } = useQuery(ownClosingsQuery(employeeId, from, to));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section data-testid="closed">
      {data.items.map((one) => (
        <p key={one.first} className="quiet">
          {t("closings.closedOn", {
            period: days(one.first, one.last, language),
            day: day(localDate(one.closed_at, zone), language),
          })}
        </p>
      ))}
      {data.adjustments.length > 0 && (
        <>
          <h2>{t("closings.own")}</h2>
          <AdjustmentTable rows={data.adjustments.map((one) => ({ ...one, employee: employeeId, name: null }))} />
        </>
      )}
    </section>
  );
}
