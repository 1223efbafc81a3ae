import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type Employee, employeeQuery, type Profile, profileQuery, unitsQuery } from "../api/directory";
import { useWords } from "../i18n";
import { Places } from "../mine/Places";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./directory.module.css";
import { EMPLOYEES } from "./EmployeeFilters";
import { Periods } from "./Periods";
import { grouped, newestFirst } from "./records";

/** One employee: who it is today, and everything that was ever so, with its dates. */
export function EmployeePage({ id }: { id: string }) {
  const { t } = useWords();
  const { search } = usePlace();
  const profile = useQuery(profileQuery(id));
  const record = useQuery(employeeQuery(id));
  const heading = useTitle(profile.data?.name ?? t("employees.title"), id, profile.data !== undefined);
  const error = profile.error ?? record.error;
  return (
    <div className={classes.page}>
      <p>
        <Link href={href(EMPLOYEES, {}, search)}>{t("employees.back")}</Link>
      </p>
      {profile.data === undefined || record.data === undefined ? (
        error !== null ? (
          <Failure
            page
            error={error}
            retry={() => {
              void profile.refetch();
              void record.refetch();
            }}
          />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : (
        <>
          <h1 ref={heading} tabIndex={-1}>
            {profile.data.name}
          </h1>
          <p>
            <Link href={href(`/kartu/${id}`, {}, search)}>{t("employees.card")}</Link>
          </p>
          <div className={classes.today}>
            <Places profile={profile.data} />
          </div>
          <Past record={record.data} profile={profile.data} />
        </>
      )}
    </div>
  );
}

function Past({ record, profile }: { record: Employee; profile: Profile }) {
  const { t } = useWords();
  const units = useQuery(unitsQuery());
  const names = new Map(units.data?.items.map(({ id, name }) => [id, name]));
  const today = new Map(profile.places.map((place) => [`${place.kind} ${place.since}`, place.post]));
  const posts = newestFirst(record.assignments).map((held) => ({
    key: `${held.kind} ${held.valid_from} ${held.post_id}`,
    period: held,
    what: [
      held.kind === "primary" ? null : t("record.acting", { kind: held.kind.toUpperCase() }),
      today.get(`${held.kind} ${held.valid_from}`) ?? null,
      names.get(held.unit_id) ?? t("employees.pastUnit"),
    ]
      .filter((part) => part !== null)
      .join(", "),
  }));
  const numbers = newestFirst(record.numbers).map((one) => ({
    key: one.number + one.valid_from,
    period: one,
    what: `${grouped(one.number)} (${one.kind.toUpperCase()})`,
  }));
  const ranks = newestFirst(record.ranks).map((one) => ({
    key: one.code + one.valid_from,
    period: one,
    what: one.code,
  }));
  return (
    <>
      <Periods title={t("employees.posts")} rows={posts} />
      <Periods title={t("employees.ranks")} rows={ranks} />
      <Periods title={t("employees.numbers")} rows={numbers} />
    </>
  );
}
