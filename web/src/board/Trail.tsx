import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { presenceQuery } from "../api/queries";
import type { Unit } from "../api/types";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import classes from "./board.module.css";

/** The way from the top to here; nothing at the top itself. The top may be a unit or, above several, the agency. */
export function Trail({ unit, date }: { unit: Unit; date: string | null }) {
  const { t } = useWords();
  const { to } = usePlace();
  const whole = useQuery({ ...presenceQuery({ unit: null, date }), refetchInterval: false });
  const top = whole.data?.unit;
  const above = top === undefined || top.id === unit.id ? [] : [top, ...unit.path.filter((one) => one.id !== top.id)];
  const shown = top === undefined ? unit.path : above;
  if (shown.length === 0) return null;
  return (
    <nav aria-label={t("board.trail")}>
      <ol className={classes.trail}>
        {shown.map((one) => (
          <li key={one.id}>
            <Link href={to({ unit: one.id === top?.id ? null : one.id, view: null, state: "all", q: "" })}>
              {one.name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
