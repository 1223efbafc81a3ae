import { Link } from "wouter";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { Glyph } from "../states/Glyph";
import type { Alarm } from "./alarms";
import classes from "./freshness.module.css";

/** What needs a person, each leading to where it is dealt with; and which service could not be asked. */
export function Alarms(props: { alarms: readonly Alarm[]; missing: readonly ("attendance" | "reporting")[] }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const { alarms, missing } = props;
  return (
    <section aria-label={t("terminals.attention")} className={classes.alarms}>
      {missing.map((source) => (
        <p key={source} role="status">
          <Glyph shape="wrong" size={16} /> {t("operator.missing", { source: t(`source.${source}`) })}
        </p>
      ))}
      {alarms.length === 0 && missing.length === 0 && (
        <p>
          <Glyph shape="full" size={16} /> {t("operator.nothing")}
        </p>
      )}
      <ul>
        {alarms.map(({ kind, count, path, state }) => (
          <li key={kind}>
            <Link href={href(path, { state }, search)}>
              <Glyph shape={kind === "broker" || kind === "integrity" ? "wrong" : "warning"} size={16} />
              {t(`alarm.${kind}`, { count, number: integer(count, language) })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
