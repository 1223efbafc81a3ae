import { Checkbox } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { leaveKeys, waitingLeaveQuery } from "../api/leave";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import { toggled } from "../validation/queue";
import classes from "./leave.module.css";
import { Outcome } from "./Outcome";
import { QueueRow } from "./QueueRow";
import { SelectionBar } from "./SelectionBar";
import { useDecisions } from "./useDecisions";

/** What the API answers at once. */
const MOST = 200;

/** Requests for leave, duty and permits of one's people that wait for a decision, the oldest first. */
export function LeaveQueuePage() {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const found = useQuery(waitingLeaveQuery(MOST));
  const rows = found.data?.items ?? [];
  const total = found.data?.total ?? 0;
  const decisions = useDecisions((ids) => setSelected((now) => new Set([...now].filter((id) => !ids.includes(id)))));
  const concerned = [...rows, ...(decisions.result?.refused ?? []).map(({ row }) => row)];
  const names = useNames(concerned.map((row) => row.employee_id));
  const heading = useTitle(t("leave.queue"), "leaveQueue", true);
  // The bell and the navigation ask for the count less often; what is seen here they should know.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the number has changed
  useEffect(() => {
    for (const part of ["count", "waiting"]) {
      void client.invalidateQueries({ queryKey: [...leaveKeys.queue, part] });
    }
  }, [client, total]);
  const chosen = rows.filter(({ id }) => selected.has(id));
  const toggle = (ids: readonly string[]) => setSelected((now) => toggled(now, ids));
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("leave.queue")}
      </h1>
      <p className="quiet">{t("leave.queueWhy")}</p>
      <Outcome result={decisions.result} dismiss={decisions.dismiss} names={names} />
      <Refusal error={decisions.error} />
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={5} height={40} />
        )
      ) : rows.length === 0 ? (
        <Notice title={t("leave.queueNone")}>
          <p>{t("leave.queueNoneText")}</p>
        </Notice>
      ) : (
        <>
          <div className={classes.top}>
            <Checkbox
              label={t("leave.selectAll", { number: integer(rows.length, language) })}
              checked={chosen.length === rows.length}
              indeterminate={chosen.length > 0 && chosen.length < rows.length}
              onChange={() => toggle(rows.map(({ id }) => id))}
            />
            <p role="status" data-testid="waiting-count">
              <strong data-number>{integer(total, language)}</strong> {t("leave.waiting")}
            </p>
          </div>
          <ul className={classes.queue}>
            {rows.map((row) => (
              <QueueRow
                key={row.id}
                row={row}
                name={names(row.employee_id)}
                selected={selected.has(row.id)}
                toggle={() => toggle([row.id])}
                decide={decisions.decide}
                busy={decisions.busy}
              />
            ))}
          </ul>
          {total > rows.length && <p className="quiet">{t("leave.most", { number: integer(MOST, language) })}</p>}
          {chosen.length > 0 && (
            <SelectionBar
              rows={chosen}
              decide={decisions.decide}
              busy={decisions.busy}
              clear={() => setSelected(new Set())}
            />
          )}
        </>
      )}
    </div>
  );
}
