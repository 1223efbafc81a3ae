import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { adjustmentsQuery } from "../api/closings";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import own from "../schedules/schedules.module.css";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { AdjustmentTable } from "./AdjustmentTable";

/** Adjustments by employee: those signed with a period, or (null) those that the next closing will sign. */
export function AdjustmentList({ first }: { first: string | null }) {
  const { t } = useWords();
  const [cursors, setCursors] = useState<readonly string[]>([""]);
  const found = useQuery(adjustmentsQuery(first, cursors.at(-1) ?? ""));
  const items = found.data?.items ?? [];
  const name = useNames(items.map(({ employee_id }) => employee_id));
  if (found.data === undefined) {
    return found.error === null ? <Waiting rows={2} /> : <Failure error={found.error} retry={found.refetch} />;
  }
  const next = found.data.next_cursor ?? null;
  if (items.length === 0 && next === null && cursors.length === 1) {
    return <p className="quiet">{t("closings.noAdjustments")}</p>;
  }
  return (
    <div aria-busy={found.isPlaceholderData}>
      <AdjustmentTable
        rows={items.flatMap(({ employee_id, adjustments }) =>
          adjustments.map((one) => ({ ...one, employee: employee_id, name: name(employee_id) })),
        )}
      />
      {(cursors.length > 1 || next !== null) && (
        <div className={own.line}>
          <Button variant="default" disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))}>
            {t("closings.previousPage")}
          </Button>
          <Button variant="default" disabled={next === null} onClick={() => setCursors([...cursors, next ?? ""])}>
            {t("closings.nextPage")}
          </Button>
        </div>
      )}
    </div>
  );
}
