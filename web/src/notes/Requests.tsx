import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { activityQuery } from "../api/appraisal";
import { declineRequest, type FeedbackRequest, noteKeys, ownRequestsQuery, requestsQuery } from "../api/notes";
import { day, dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Failure } from "../states/Failure";
import { Glyph, type Shape } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { WordsForm } from "../states/WordsForm";
import { GiveFeedback } from "./GiveFeedback";
import classes from "./notes.module.css";
import { OfActivity } from "./OfActivity";

/** What waits for the reader, who `leads` somebody, and what the reader asked for. */
export function Requests({ employeeId, leads }: { employeeId: string; leads: boolean }) {
  const { t } = useWords();
  const found = useQuery(ownRequestsQuery(employeeId));
  return (
    <>
      {leads && <Queue />}
      <section>
        <h2>{t("notes.mine")}</h2>
        {found.data === undefined ? (
          found.error !== null ? (
            <Failure error={found.error} retry={found.refetch} />
          ) : (
            <Waiting rows={2} height={48} />
          )
        ) : found.data.items.length === 0 ? (
          <Notice small title={t("notes.noRequest")}>
            <p>{t("notes.noRequestText")}</p>
          </Notice>
        ) : (
          <ul className={classes.notes}>
            {found.data.items.map((one) => (
              <Own key={one.id} request={one} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Queue() {
  const { t } = useWords();
  const found = useQuery(requestsQuery());
  return (
    <section>
      <h2>{t("notes.queue")}</h2>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={2} height={48} />
        )
      ) : found.data.items.length === 0 ? (
        <p className="quiet">{t("notes.queueNone")}</p>
      ) : (
        <ul className={classes.notes}>
          {found.data.items.map((one) => (
            <Asked key={one.id} request={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Of a subordinate: feedback answers it, or words why not. */
function Asked({ request }: { request: FeedbackRequest }) {
  const { t } = useWords();
  const [declining, setDeclining] = useState(false);
  const name = request.employee.name ?? t("notes.nobody");
  const { activity_id } = request;
  const about = useQuery({ ...activityQuery(request.employee.id, activity_id ?? ""), enabled: activity_id !== null });
  return (
    <li data-request={request.id}>
      <p>
        <strong>{name}</strong>
      </p>
      <Of request={request} own={false} />
      {about.data !== undefined && <p>{t("notes.about", { what: about.data.what })}</p>}
      {declining ? (
        <WordsForm
          title={t("notes.decline")}
          label={t("notes.declineWords")}
          hint={t("notes.declineHint")}
          submit={t("notes.decline")}
          send={(words) => declineRequest(request, words)}
          changed={[noteKeys.all]}
          close={() => setDeclining(false)}
        />
      ) : (
        <div className={classes.buttons}>
          <GiveFeedback
            employee={{ id: request.employee.id, name }}
            request={request.id}
            named
            {...(activity_id !== null && {
              activity: { id: activity_id, what: about.data?.what ?? t("notes.oneActivity"), date: request.date },
            })}
          />
          <Button variant="subtle" aria-label={`${t("notes.decline")}: ${name}`} onClick={() => setDeclining(true)}>
            {t("notes.decline")}
          </Button>
        </div>
      )}
    </li>
  );
}

const SHAPES: Record<FeedbackRequest["status"], Shape> = {
  open: "waiting",
  answered: "full",
  declined: "hollow",
  lapsed: "hollow",
};

function Own({ request }: { request: FeedbackRequest }) {
  const { t } = useWords();
  return (
    <li>
      <p>
        <Glyph shape={SHAPES[request.status]} /> {t(`requestStatus.${request.status}`)}
      </p>
      <Of request={request} own />
      {request.declined_words !== "" && (
        <div className={classes.said}>
          <span className="quiet">{t("notes.declinedWhy")}</span>
          <p>{request.declined_words}</p>
        </div>
      )}
    </li>
  );
}

function Of({ request, own }: { request: FeedbackRequest; own: boolean }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  return (
    <>
      <p className="quiet">
        {t("notes.askedAt", { time: dayAndClock(request.asked_at, zone, language) })}
        {request.date !== null && ` · ${t("notes.ofDay", { date: day(request.date, language) })}`}
        {request.activity_id !== null && request.date !== null && (
          <>
            {" · "}
            <OfActivity id={request.activity_id} date={request.date} employee={request.employee.id} own={own} />
          </>
        )}
      </p>
      {request.words !== "" && <p>{request.words}</p>}
    </>
  );
}
