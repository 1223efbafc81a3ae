import { Button, Checkbox, SegmentedControl } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { correctionKeys, waitingCorrectionsQuery } from "../api/corrections";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import { Outcome } from "../validation/Outcome";
import { toggled } from "../validation/queue";
import bars from "../validation/validation.module.css";
import classes from "./corrections.module.css";
import { DecidedList } from "./DecidedList";
import { Deciding } from "./Deciding";
import { QueueRow } from "./QueueRow";
import { useClaimed } from "./useClaimed";
import { useDecisions } from "./useDecisions";

const PAGE = 50;
/** What the API answers at once. */
const MOST = 200;

/** Corrections that this account decides about, and those that were decided. */
export function QueuePage() {
  const { t } = useWords();
  const [state, setState] = useState<"waiting" | "decided">("waiting");
  const heading = useTitle(t("correction.queueTitle"), "correction-queue", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("correction.queueTitle")}
      </h1>
      <p className="quiet">{t(state === "waiting" ? "correction.queueWhy" : "correction.decidedWhy")}</p>
      <div className={classes.top}>
        <SegmentedControl
          aria-label={t("correction.state")}
          value={state}
          onChange={(chosen) => setState(chosen === "decided" ? "decided" : "waiting")}
          data={[
            { value: "waiting", label: t("correction.stateWaiting") },
            { value: "decided", label: t("correction.stateDecided") },
          ]}
        />
      </div>
      {state === "waiting" ? <WaitingList /> : <DecidedList />}
    </div>
  );
}

/** What waits, what was asked first before the others. */
function WaitingList() {
  const { t, language } = useWords();
  const claimed = useClaimed();
  const [limit, setLimit] = useState(PAGE);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const found = useQuery(waitingCorrectionsQuery(limit));
  const rows = found.data?.items ?? [];
  const total = found.data?.total ?? 0;
  const { result, decide, dismiss, busy, error } = useDecisions((ids) =>
    setSelected((now) => new Set([...now].filter((id) => !ids.includes(id)))),
  );
  const names = useNames([...rows, ...(result?.refused ?? []).map(({ row }) => row)].map((row) => row.employee_id));
  const client = useQueryClient();
  // The bell and the navigation ask for the count less often; what is seen here they should know.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the number has changed
  useEffect(() => {
    for (const part of ["count", "waiting"]) {
      void client.invalidateQueries({ queryKey: [...correctionKeys.queue, part] });
    }
  }, [client, total]);
  const chosen = rows.filter((row) => selected.has(row.id));
  return (
    <>
      <Outcome
        result={result}
        said={
          result === null
            ? ""
            : t(`correctionDone.${result.outcome}`, { number: integer(result.done, language), count: result.done })
        }
        what={(row) => `${claimed(row)}, ${day(row.date, language)}`}
        dismiss={dismiss}
        names={names}
      />
      <Refusal error={error} />
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={40} />
        )
      ) : rows.length === 0 ? (
        <Notice title={t("correction.queueNone")}>
          <p>{t("correction.queueNoneText")}</p>
        </Notice>
      ) : (
        <>
          <div className={bars.top}>
            <Checkbox
              label={t("correction.selectAll", { number: integer(rows.length, language) })}
              checked={chosen.length === rows.length}
              indeterminate={chosen.length > 0 && chosen.length < rows.length}
              onChange={() =>
                setSelected((now) =>
                  toggled(
                    now,
                    rows.map(({ id }) => id),
                  ),
                )
              }
            />
            <p role="status" data-testid="waiting-count">
              <strong data-number>{integer(total, language)}</strong> {t("validation.waiting")}
            </p>
          </div>
          <ul className={classes.list}>
            {rows.map((row) => (
              <QueueRow
                key={row.id}
                row={row}
                name={names(row.employee_id)}
                selected={selected.has(row.id)}
                toggle={() => setSelected((now) => toggled(now, [row.id]))}
                decide={decide}
                busy={busy}
              />
            ))}
          </ul>
          {total > rows.length &&
            (limit < MOST ? (
              <Button variant="default" loading={found.isPlaceholderData} onClick={() => setLimit(limit + PAGE)}>
                {t("validation.more", { number: integer(total - rows.length, language) })}
              </Button>
            ) : (
              <p className="quiet">{t("validation.most", { number: integer(MOST, language) })}</p>
            ))}
          {chosen.length > 0 && (
            <section className={bars.bar} aria-label={t("validation.selection")}>
              <p role="status">{t("correction.selected", { number: integer(chosen.length, language) })}</p>
              <Deciding rows={chosen} decide={decide} busy={busy}>
                <Button variant="subtle" onClick={() => setSelected(new Set())}>
                  {t("validation.clear")}
                </Button>
              </Deciding>
            </section>
          )}
        </>
      )}
    </>
  );
}
