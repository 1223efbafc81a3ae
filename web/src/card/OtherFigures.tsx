import type { CardFigures } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Figure } from "./Figure";
import { others } from "./figures";

/** What services say of days and has no figure of its own: its first number, the rest beside it. Its words are under
 * `card.more.<name>` (ARCHITECTURE, change drill). */
export function OtherFigures({ now, before }: { now: CardFigures; before: CardFigures }) {
  const { t, language } = useWords();
  const said = (name: string, field: string) => t(`card.more.${name}.${field}` as "card.none");
  return others(now, before).map(({ name, field, value, valueBefore, rest }) => (
    <Figure key={name} name={said(name, field)} value={value} before={valueBefore} testid={`more-${name}`}>
      {rest.length > 0 && (
        <span>{rest.map(([one, count]) => `${said(name, one)} ${integer(count, language)}`).join(" · ")}</span>
      )}
    </Figure>
  ));
}
