import { memo } from "react";
import { Link } from "wouter";
import type { Person } from "../api/types";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./people.module.css";
import { StateWords } from "./StateWords";

export const PersonRow = memo(function PersonRow(props: {
  person: Person;
  /** The address of the person's card: whoever is told the name may open it. */
  card: string;
  index: number;
  changes: number | undefined;
}) {
  const { t, language } = useWords();
  const { person, card, index, changes } = props;
  const { first_at, first_site } = person;
  return (
    <tr aria-rowindex={index + 2} data-mark={changes === undefined ? undefined : changes % 2}>
      <td className={classes.state} data-state={person.state}>
        <StateWords person={person} />
      </td>
      <th scope="row" className={classes.name} title={person.name}>
        <Link href={card}>{person.name}</Link>
        {person.incomplete && (
          <span title={t("people.incomplete")}>
            {" "}
            <Glyph shape="warning" size={13} />
            <span className="hidden">{t("people.incomplete")}</span>
          </span>
        )}
      </th>
      <td className={classes.post} title={person.post_title ?? undefined}>
        {person.post_title}
      </td>
      <td className={classes.unit} title={person.unit.name}>
        {person.unit.name}
      </td>
      <td className={classes.time} data-number>
        {first_at !== null && first_site !== null && zonedClock(first_at, first_site.zone, language)}
      </td>
      <td className={classes.site} title={first_site?.name}>
        {first_site?.name}
      </td>
    </tr>
  );
});
