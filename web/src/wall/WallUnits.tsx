import { useMemo } from "react";
import type { ChildUnit, Presence } from "../api/types";
import { ATTENTION, ordered } from "../board/order";
import { integer, percent, share } from "../format/number";
import { useWords } from "../i18n";
import type { Live } from "../live/fold";
import classes from "./wall.module.css";

/** As many as can be read at five metres. Their order changes only with a full answer, once a minute. */
const ROWS = 8;

export function WallUnits(props: { board: Presence; answer: Presence; live: Live }) {
  const { t } = useWords();
  const { board, answer, live } = props;
  const sequence = useMemo(
    () =>
      ordered(answer.children, ATTENTION)
        .filter((one) => one.totals.expected > 0)
        .slice(0, ROWS)
        .map((one) => one.unit.id),
    [answer],
  );
  const children = new Map(board.children.map((one) => [one.unit.id, one]));
  return (
    <table className={classes.units}>
      <caption>{board.children.length > ROWS ? t("wall.attention") : t("wall.allUnits")}</caption>
      <colgroup>
        <col />
        <col className={classes.percentColumn} />
        <col className={classes.countColumn} />
      </colgroup>
      <thead className="hidden">
        <tr>
          <th scope="col">{t("units.unit")}</th>
          <th scope="col">{t("units.share")}</th>
          <th scope="col">{t("units.presentOf", { present: "…", expected: "…" })}</th>
        </tr>
      </thead>
      <tbody>
        {sequence.map((id) => {
          const child = children.get(id);
          return child && <Row key={id} child={child} changes={live.units.get(id)?.changes} />;
        })}
      </tbody>
    </table>
  );
}

function Row({ child: { unit, totals }, changes }: { child: ChildUnit; changes: number | undefined }) {
  const { language } = useWords();
  const part = share(totals.present, totals.expected) ?? 0;
  return (
    <tr data-mark={changes === undefined ? undefined : changes % 2}>
      <th scope="row">
        <span className={classes.unitName}>{unit.name.length > 34 ? unit.short_name || unit.name : unit.name}</span>
        <span className={classes.track} aria-hidden="true">
          <span style={{ inlineSize: `${part * 100}%` }} />
        </span>
      </th>
      <td>{percent(part, language)}</td>
      <td className="quiet">
        {integer(totals.present, language)}/{integer(totals.expected, language)}
      </td>
    </tr>
  );
}
