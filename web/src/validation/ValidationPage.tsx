import { Button, Checkbox } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { activityKeys, waitingActivitiesQuery } from "../api/appraisal";
import { type FeedbackRequest, requestsQuery } from "../api/notes";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useLed } from "../notes/useLed";
import { useNames } from "../reviews/useNames";
import { usePerson } from "../session/useSession";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import { Outcome } from "./Outcome";
import { PersonGroup } from "./PersonGroup";
import { grouped, isOverdue, toggled } from "./queue";
import { Reminders } from "./Reminders";
import { SelectionBar } from "./SelectionBar";
import { useDecisions } from "./useDecisions";
import { useRowFocus } from "./useRowFocus";
import classes from "./validation.module.css";

const PAGE = 50;
/** What the API answers at once. */
const MOST = 200;
/** Daily activities of one's people that wait for a decision, the oldest first. */
export function ValidationPage() {
  const { t, language } = useWords();
  const { person } = usePerson();
  const today = useToday();
  const [limit, setLimit] = useState(PAGE);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const found = useQuery(waitingActivitiesQuery(limit));
  const rows = found.data?.items ?? [];
  const decisions = useDecisions((ids) => setSelected((now) => new Set([...now].filter((id) => !ids.includes(id)))));
  const concerned = [...rows, ...(decisions.result?.refused ?? []).map(({ row }) => row)];
  const names = useNames(concerned.map((row) => row.employee_id));
  const led = new Set(useLed().map(({ id }) => id));
  const requests = useQuery({ ...requestsQuery(), enabled: led.size > 0 }).data?.items ?? [];
  const asked = new Map<string, FeedbackRequest>(
    requests.flatMap((one) => (one.activity_id === null ? [] : [[one.activity_id, one]])),
  );
  const heading = useTitle(t("validation.title"), "validation", true);
  const list = useRowFocus(rows.length);
  const total = found.data?.total ?? 0;
  const client = useQueryClient();
  // The bell and the navigation ask for the count less often; what is seen here they should know.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the number has changed
  useEffect(() => {
    for (const part of ["count", "waiting", "reminders"]) {
      void client.invalidateQueries({ queryKey: [...activityKeys.queue, part] });
    }
  }, [client, total]);
  const done = decisions.result;
  const overdue = rows.filter((row) => isOverdue(row, today)).length;
  const chosen = rows.filter((row) => selected.has(row.id));
  const toggle = (ids: readonly string[]) => setSelected((now) => toggled(now, ids));
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("validation.title")}
      </h1>
      <p className="quiet">{t("validation.why")}</p>
      {person.employeeId !== null && <Reminders employeeId={person.employeeId} here />}
      <Outcome
        result={decisions.result}
        said={
          done === null
            ? ""
            : t(`validationDone.${done.outcome}`, { number: integer(done.done, language), count: done.done })
        }
        what={(row) => row.what}
        dismiss={decisions.dismiss}
        names={names}
      />
      <Refusal error={decisions.error} />
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={40} />
        )
      ) : rows.length === 0 ? (
        <Notice title={t("validation.none")}>
          <p>{t("validation.noneText")}</p>
        </Notice>
      ) : (
        <>
          <div className={classes.top}>
            <Checkbox
              label={t("validation.selectAll", { number: integer(rows.length, language) })}
              checked={chosen.length === rows.length}
              indeterminate={chosen.length > 0 && chosen.length < rows.length}
              onChange={() => toggle(rows.map(({ id }) => id))}
            />
            <p role="status" data-testid="waiting-count">
              <strong data-number>{integer(total, language)}</strong> {t("validation.waiting")}
              {overdue > 0 && `, ${t("validation.overdueCount", { number: integer(overdue, language) })}`}
            </p>
          </div>
          <div ref={list}>
            {grouped(rows).map((group) => (
              <PersonGroup
                key={group.employee}
                group={group}
                name={names(group.employee)}
                asked={asked}
                led={led.has(group.employee)}
                today={today}
                selected={selected}
                toggle={toggle}
                decide={decisions.decide}
                busy={decisions.busy}
              />
            ))}
          </div>
          <p className={classes.keys}>{t("validation.keys")}</p>
          {total > rows.length &&
            (limit < MOST ? (
              <Button variant="default" loading={found.isPlaceholderData} onClick={() => setLimit(limit + PAGE)}>
                {t("validation.more", { number: integer(total - rows.length, language) })}
              </Button>
            ) : (
              <p className="quiet">{t("validation.most", { number: integer(MOST, language) })}</p>
            ))}
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
