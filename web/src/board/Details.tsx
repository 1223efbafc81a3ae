import { Link } from "wouter";
import type { Scope } from "../api/queries";
import type { Presence } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import type { Live } from "../live/fold";
import { PeopleList } from "../people/PeopleList";
import { usePlace } from "../shell/usePlace";
import classes from "./board.module.css";
import { UnitTable } from "./UnitTable";

/** What the number is made of: the units below, or the people. A unit without units shows its people at once. */
export function Details(props: { scope: Scope; board: Presence; answer: Presence | undefined; live: Live }) {
  const { t, language } = useWords();
  const { place, to } = usePlace();
  const { board, live } = props;
  const hasUnits = board.children.length > 0;
  const view = hasUnits ? (place.view ?? "units") : "people";
  return (
    <>
      {hasUnits && (
        <nav className={classes.views} aria-label={t("board.views")}>
          <Link href={to({ view: null, state: "all", q: "" })} aria-current={view === "units" ? "true" : undefined}>
            {t("board.units")} <span className="quiet">{integer(board.children.length, language)}</span>
          </Link>
          <Link
            href={to({ view: "people", state: "all", q: "" })}
            aria-current={view === "people" ? "true" : undefined}
          >
            {t("board.people")} <span className="quiet">{integer(board.totals.expected, language)}</span>
          </Link>
        </nav>
      )}
      {view === "units" ? (
        <UnitTable board={board} answer={props.answer} live={live} />
      ) : (
        <PeopleList scope={props.scope} board={board} live={live} />
      )}
    </>
  );
}
