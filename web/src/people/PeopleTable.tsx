import { useMediaQuery } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Person, Presence } from "../api/types";
import { day } from "../format/time";
import { useWords } from "../i18n";
import type { Live } from "../live/fold";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { PersonRow } from "./PersonRow";
import classes from "./people.module.css";

/** Row heights in px, as in people.module.css: one line, or two on a narrow screen. */
const ROW = 40;
const NARROW_ROW = 60;
/** The next page is asked for when this many rows are left below the screen. */
const AHEAD = 40;

/** Draws only the rows on the screen, so that five thousand people scroll as ten do. */
export function PeopleTable(props: {
  board: Presence;
  people: readonly Person[];
  total: number | null;
  live: Live;
  wantMore: (() => unknown) | null;
}) {
  const { t, language } = useWords();
  const { board, people, wantMore } = props;
  const { place, search } = usePlace();
  const body = useRef<HTMLTableSectionElement>(null);
  const narrow = useMediaQuery("(max-width: 1023px)", undefined, { getInitialValueInEffect: false }) === true;
  const [offset, setOffset] = useState(0);

  useLayoutEffect(() => {
    if (body.current !== null) setOffset(body.current.getBoundingClientRect().top + scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: people.length,
    estimateSize: () => (narrow ? NARROW_ROW : ROW),
    overscan: 12,
    scrollMargin: offset,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are remembered per width class
  useEffect(() => virtual.measure(), [narrow]);

  const rows = virtual.getVirtualItems();
  const first = rows[0];
  const last = rows.at(-1);
  useEffect(() => {
    if (wantMore !== null && last !== undefined && last.index >= people.length - AHEAD) wantMore();
  }, [last, people.length, wantMore]);

  const above = first === undefined ? 0 : first.start - offset;
  const below = last === undefined ? 0 : virtual.getTotalSize() - (last.end - offset);
  return (
    <table className={classes.table} aria-rowcount={props.total === null ? -1 : props.total + 1}>
      <caption className="hidden">
        {t("people.caption", { unit: board.unit.name, date: day(board.date, language) })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t("people.state")}</th>
          <th scope="col">{t("people.name")}</th>
          <th scope="col">{t("people.post")}</th>
          <th scope="col">{t("people.unit")}</th>
          <th scope="col" data-number>
            {t("people.in")}
          </th>
          <th scope="col">{t("people.where")}</th>
        </tr>
      </thead>
      <Space height={above} />
      <tbody ref={body}>
        {rows.map((row) => {
          const person = people[row.index];
          return (
            person && (
              <PersonRow
                key={person.employee_id}
                person={person}
                card={href(`/kartu/${person.employee_id}`, { from: place.date }, search)}
                index={row.index}
                changes={props.live.people.get(person.employee_id)?.changes}
              />
            )
          );
        })}
      </tbody>
      <Space height={below} />
    </table>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height }: { height: number }) {
  return height > 0 ? (
    <tbody aria-hidden="true" className={classes.space}>
      <tr style={{ height }} />
    </tbody>
  ) : null;
}
