import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { waitingCountQuery } from "../api/appraisal";
import { reviewCountQuery } from "../api/checkins";
import { waitingRequestsQuery } from "../api/notes";
import { peopleQuery } from "../api/queries";
import type { Person } from "../api/types";
import { integer } from "../format/number";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { dayOf, monthOf } from "../month/address";
import { LateWords, StateWords } from "../people/StateWords";
import { usePerson } from "../session/useSession";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { Reminders } from "../validation/Reminders";
import { inOrder } from "./order";
import classes from "./team.module.css";

const TODAY = { unit: null, date: null };
const SPARED = ["away", "off"] as const;
const LOOK_EVERY = 10_000;

/** A superior's own people today: whoever is not recorded yet first, and what waits for a decision. */
export function TeamPage() {
  const { t, language } = useWords();
  const { person } = usePerson();
  const found = useInfiniteQuery({
    ...peopleQuery(TODAY, { state: "all", q: "", order: "name" }),
    refetchInterval: LOOK_EVERY,
  });
  const people = found.data?.pages.flatMap((page) => page.items).filter((one) => one.employee_id !== person.employeeId);
  const today = useToday();
  const heading = useTitle(t("team.title"), "team", true);
  const count = (state: Person["state"]) => people?.filter((one) => one.state === state).length ?? 0;
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("team.title")}
      </h1>
      {person.employeeId !== null && <Reminders employeeId={person.employeeId} />}
      <Waits />
      {people === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={32} />
        )
      ) : people.length === 0 ? (
        <Notice title={t("team.none")}>
          <p>{t("team.noneText")}</p>
        </Notice>
      ) : (
        <>
          <p className={classes.sum} data-testid="team-sum">
            <strong>{integer(count("present"), language)}</strong>{" "}
            {t("team.present", { number: integer(people.length, language) })}
            {SPARED.filter((state) => count(state) > 0).map((state) => (
              <span key={state} className="quiet">
                {" · "}
                {integer(count(state), language)} {t(`figures.${state}`)}
              </span>
            ))}
          </p>
          <ul className={classes.people}>
            {inOrder(people).map((one) => (
              <Row key={one.employee_id} person={one} date={today} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Waits() {
  const { t, language } = useWords();
  const count = useQuery(reviewCountQuery()).data;
  const activities = useQuery(waitingCountQuery()).data?.waiting ?? 0;
  const requests = useQuery(waitingRequestsQuery()).data?.waiting ?? 0;
  const reviews = count === undefined ? 0 : count.checkins + count.phones;
  const waits = [
    { word: "reviews", path: "/pemeriksaan", sum: reviews },
    { word: "activities", path: "/pengesahan", sum: activities },
    { word: "feedbackRequests", path: "/umpan-balik/permintaan", sum: requests },
  ] as const;
  return waits.map(
    ({ word, path, sum }) =>
      sum > 0 && (
        <p key={word} className={classes.waits}>
          <Link href={path}>
            <Glyph shape="waiting" size={14} /> {t(`waits.${word}`, { count: sum, number: integer(sum, language) })}
          </Link>
        </p>
      ),
  );
}

function Row({ person, date }: { person: Person; date: string }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const { first_at, first_site } = person;
  return (
    <li>
      <div>
        <div>
          <Link href={`/pegawai/${person.employee_id}`}>{person.name}</Link>
        </div>
        <div className="quiet">{person.post_title}</div>
        <Link className={classes.month} href={monthOf(person.employee_id, search)}>
          {t("month.title")}
        </Link>
      </div>
      <span>
        <StateWords person={person} />
        {first_at !== null && first_site !== null && (
          <span className="quiet">
            {" "}
            <span data-number>{zonedClock(first_at, first_site.zone, language)}</span> · {first_site.name}
          </span>
        )}
        {person.late_minutes > 0 && (
          <Link className={classes.late} href={dayOf(person.employee_id, date, search)}>
            <LateWords person={person} />
          </Link>
        )}
      </span>
    </li>
  );
}
