import type { ReactNode } from "react";
import { integer, signed } from "../format/number";
import { useWords } from "../i18n";
import classes from "./card.module.css";
import { change } from "./figures";

/** One number with its name, what it is made of, and how it differs from the period before. */
export function Figure(props: { name: string; value: number; before: number; children?: ReactNode; testid?: string }) {
  const { t, language } = useWords();
  const { name, value, before, children, testid } = props;
  const more = change(value, before);
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd>
        <strong data-testid={testid}>{integer(value, language)}</strong>
        {children}
        <span className="quiet">
          {more === null ? t("card.noBefore") : t("card.before", { change: signed(more, language) })}
        </span>
      </dd>
    </div>
  );
}
