import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { importsQuery } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { LatestImports } from "../imports/LatestImports";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useWaiting } from "../shell/useWaiting";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./home.module.css";

const FEW = 5;

/** Where the personnel agency begins: its queues with their counts, and the last imports. */
export function HomePage() {
  const { t, language } = useWords();
  const { to } = usePlace();
  const waiting = useWaiting("home");
  const imports = useQuery(importsQuery());
  const heading = useTitle(t("home.title"), "home", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("home.title")}
      </h1>
      <h2>{t("home.queues")}</h2>
      <ul className={classes.queues}>
        {waiting.map(({ source, count }) => (
          <li key={source.word}>
            <Link href={to({ q: "", unit: null, date: null }, source.path)}>
              <strong data-none={count === 0 || undefined}>{count === null ? "–" : integer(count, language)}</strong>
              <span>{t(`queueName.${source.word}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <h2>{t("imports.latest")}</h2>
      {imports.data === undefined ? (
        imports.error !== null ? (
          <Failure error={imports.error} retry={imports.refetch} />
        ) : (
          <Waiting rows={4} height={28} />
        )
      ) : imports.data.items.length === 0 ? (
        <p className="quiet">{t("imports.noneText")}</p>
      ) : (
        <LatestImports imports={imports.data.items.slice(0, FEW)} />
      )}
    </div>
  );
}
