import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type Import, importQuery } from "../api/directory";
import { integer } from "../format/number";
import { day, localDate, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { Findings } from "./Findings";
import classes from "./imports.module.css";
import { Result } from "./Result";
import { Running } from "./Running";
import { IMPORTS } from "./rules";
import { Summary } from "./Summary";

/** One import: how far it is, what is wrong with the file, what it would change, and doing so. */
export function ImportPage({ id }: { id: string }) {
  const { t } = useWords();
  const { search } = usePlace();
  const found = useQuery(importQuery(id));
  const heading = useTitle(found.data?.filename ?? t("imports.title"), id, found.data !== undefined);
  return (
    <div className={classes.page}>
      <p>
        <Link href={href(IMPORTS, {}, search)}>{t("imports.back")}</Link>
      </p>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure page error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={28} />
        )
      ) : (
        <>
          <h1 ref={heading} tabIndex={-1} className={classes.name}>
            {found.data.filename}
          </h1>
          <Sent found={found.data} />
          {found.data.finished_at === null ? <Running found={found.data} /> : <Finished found={found.data} />}
        </>
      )}
    </div>
  );
}

function Sent({ found }: { found: Import }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  return (
    <p className="quiet">
      {t("imports.sentAt", {
        date: day(localDate(found.created_at, zone), language),
        time: zonedClock(found.created_at, zone, language),
        size: integer(Math.ceil(found.size / 1024), language),
      })}
      {found.rows.total > 0 && ` · ${t("imports.rowCount", { number: integer(found.rows.total, language) })}`}
    </p>
  );
}

function Finished({ found }: { found: Import }) {
  const some = Object.values(found.counts).some((one) => one.new + one.changed + one.unchanged > 0);
  return (
    <>
      <Result found={found} />
      {some && found.errors === 0 && <Summary counts={found.counts} applied={found.state === "applied"} />}
      {found.errors + found.warnings > 0 && <Findings found={found} finished={found.finished_at ?? ""} />}
    </>
  );
}
