import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { type Unit, unitQuery } from "../api/directory";
import { presenceQuery } from "../api/queries";
import { Periods } from "../directory/Periods";
import { newestFirst } from "../directory/records";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { usePlace } from "../shell/usePlace";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { ChangeUnit } from "./ChangeUnit";
import { CloseUnit } from "./CloseUnit";
import { Holders } from "./Holders";
import classes from "./units.module.css";
import { newest, versionOn } from "./versions";

type Doing = "change" | "close" | null;

/** One unit: what it was and when, how many belong to it, its posts; the agency changes it from a day on. */
export function UnitDetail(props: {
  id: string;
  date: string;
  units: readonly Unit[];
  back: string;
  heading: React.Ref<HTMLHeadingElement>;
}) {
  const { id, date, units, back, heading } = props;
  const { t } = useWords();
  const { person } = usePerson();
  const unit = useQuery(unitQuery(id));
  const [doing, setDoing] = useState<Doing>(null);
  if (unit.data === undefined) {
    return unit.error !== null ? <Failure error={unit.error} retry={unit.refetch} /> : <Waiting rows={6} height={28} />;
  }
  const { versions } = unit.data;
  const present = versionOn(versions, date);
  const names = new Map(units.map((one) => [one.id, one.name]));
  const rows = newestFirst(versions).map((one) => ({
    key: one.valid_from,
    period: one,
    what:
      one.parent_id == null
        ? t("tree.topMost", { name: one.name })
        : t("tree.under", { name: one.name, parent: names.get(one.parent_id) ?? t("employees.pastUnit") }),
  }));
  return (
    <>
      <p className={classes.back}>
        <Link href={back}>{t("tree.back")}</Link>
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {(present ?? newest(versions))?.name}
      </h2>
      <p className="quiet">
        {t("tree.code", { code: unit.data.code })}
        {present === null && ` · ${t("tree.notThen")}`}
      </p>
      {present !== null && <HeadCount id={id} date={date} />}
      {person.roles.includes("bkpsdm") &&
        present !== null &&
        (doing === null ? (
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => setDoing("change")}>
              {t("tree.change")}
            </Button>
            <Button variant="default" onClick={() => setDoing("close")}>
              {t("tree.close")}
            </Button>
          </div>
        ) : doing === "change" ? (
          <ChangeUnit unit={unit.data} from={date} present={present} close={() => setDoing(null)} />
        ) : (
          <CloseUnit unit={unit.data} on={date} close={() => setDoing(null)} />
        ))}
      <Periods title={t("tree.versions")} rows={rows} />
      {present !== null && <Holders unit={id} date={date} />}
    </>
  );
}

/** Counted by reporting, as on the board: nobody's data is looked at. */
function HeadCount({ id, date }: { id: string; date: string }) {
  const { t, language } = useWords();
  const { to } = usePlace();
  const counted = useQuery({ ...presenceQuery({ unit: id, date }), refetchInterval: false });
  if (counted.data === undefined) return null;
  return (
    <p>
      <Link href={to({ unit: id, date: null, q: "" }, "/pegawai")}>
        {t("tree.people", { number: integer(counted.data.totals.expected, language) })}
      </Link>
    </p>
  );
}
