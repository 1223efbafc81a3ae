import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type LetterDetail, letterQuery } from "../api/deadletters";
import { dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./deadletters.module.css";

/** What a letter says, whom it leaves incomplete and who has dealt with it; opening it is noted in the access log. */
export function LetterContent({ id }: { id: string }) {
  const { t } = useWords();
  const { search } = usePlace();
  const letter = useQuery(letterQuery(id));
  if (letter.data === undefined) {
    return letter.error !== null ? <Failure error={letter.error} retry={letter.refetch} /> : <Waiting rows={4} />;
  }
  const { incomplete, key, headers, is_json, value, text } = letter.data;
  return (
    <div className={classes.content}>
      <dl className={classes.facts}>
        {incomplete.length > 0 && (
          <>
            <dt>{t("letters.incomplete")}</dt>
            <dd>
              {incomplete.map((employee) => (
                <Link key={employee} href={href(`/pegawai/${encodeURIComponent(employee)}`, {}, search)}>
                  {employee}
                </Link>
              ))}
            </dd>
          </>
        )}
        <dt>{t("letters.key")}</dt>
        <dd>
          <code>{key ?? t("letters.nothing")}</code>
        </dd>
        {headers.map((header) => (
          <Pair key={header.name} name={header.name} value={header.value ?? t("letters.nothing")} />
        ))}
      </dl>
      <h3>{t("letters.content")}</h3>
      <pre className={classes.value}>{is_json ? JSON.stringify(value, null, 2) : (text ?? t("letters.nothing"))}</pre>
      <History letter={letter.data} />
    </div>
  );
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>
        <code>{value}</code>
      </dd>
    </>
  );
}

function History({ letter }: { letter: LetterDetail }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const actions = [
    ...letter.replays.map((one) => ({ ...one, what: one.acknowledged ? t("letters.did") : t("letters.tried") })),
    ...(letter.dropped == null ? [] : [{ ...letter.dropped, what: t("letters.dropped") }]),
  ];
  if (actions.length === 0) return null;
  return (
    <>
      <h3>{t("letters.history")}</h3>
      <ul className={classes.history}>
        {actions.map((one) => (
          <li key={one.at + one.what}>
            {dayAndClock(one.at, zone, language)} · {one.what} · {one.by_name ?? one.by}
          </li>
        ))}
      </ul>
    </>
  );
}
