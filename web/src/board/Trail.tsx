import { Link } from "wouter";
import type { Unit } from "../api/types";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import classes from "./board.module.css";

/** The way from the root to here; nothing at the root itself. */
export function Trail({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const { to } = usePlace();
  const above = unit.path.filter((one) => one.id !== unit.id);
  if (above.length === 0) return null;
  return (
    <nav aria-label={t("board.trail")}>
      <ol className={classes.trail}>
        {above.map((one, i) => (
          <li key={one.id}>
            <Link href={to({ unit: i === 0 ? null : one.id, view: null, state: "all", q: "" })}>{one.name}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
