import { useQuery } from "@tanstack/react-query";
import { importsQuery } from "../api/directory";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { Downloads } from "./Downloads";
import classes from "./imports.module.css";
import { LatestImports } from "./LatestImports";
import { Upload } from "./Upload";

/** Master data from a file: what to fill in, a file to check, and what was sent before. */
export function ImportsPage() {
  const { t } = useWords();
  const { person } = usePerson();
  const latest = useQuery(importsQuery());
  const heading = useTitle(t("imports.title"), "imports", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("imports.title")}
      </h1>
      <p className="quiet">{t("imports.how")}</p>
      <Downloads />
      {person.roles.includes("bkpsdm") && <Upload />}
      <section className={classes.section}>
        <h2>{t("imports.latest")}</h2>
        {latest.data === undefined ? (
          latest.error !== null ? (
            <Failure error={latest.error} retry={latest.refetch} />
          ) : (
            <Waiting rows={4} height={28} />
          )
        ) : latest.data.items.length === 0 ? (
          <Notice small title={t("imports.none")}>
            <p>{t("imports.noneText")}</p>
          </Notice>
        ) : (
          <LatestImports imports={latest.data.items} />
        )}
      </section>
    </div>
  );
}
