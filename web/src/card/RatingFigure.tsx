import { Progress } from "@mantine/core";
import type { ReactNode } from "react";
import type { Rated, Served } from "../api/types";
import { integer, stars } from "../format/number";
import { useWords } from "../i18n";
import classes from "./card.module.css";

/** What citizens said of somebody: the mean with what it may be worth, and how the stars are spread. */
export function RatedFigure({ rated }: { rated: Rated }) {
  const { t, language } = useWords();
  const { fair, expected } = rated;
  return (
    <MeanFigure name={t("card.rated")} of={rated} none={t("card.notRated")} testid="rated">
      {fair != null && expected != null && (
        <span>{t("card.fair", { fair: stars(fair, language), expected: stars(expected, language) })}</span>
      )}
    </MeanFigure>
  );
}

/** What citizens said of a unit's services. How many is told at once, what they said in groups. */
export function ServedFigure({ served }: { served: Served }) {
  const { t, language } = useWords();
  return (
    <MeanFigure name={t("card.served")} of={served} none={t("card.notReleased")} testid="served">
      <span data-testid="served-given">{t("card.given", { number: integer(served.given, language) })}</span>
    </MeanFigure>
  );
}

function MeanFigure(props: { name: string; of: Rated | Served; none: string; testid: string; children: ReactNode }) {
  const { t, language } = useWords();
  const { name, of, none, testid, children } = props;
  return (
    <div className={`${classes.figure} ${classes.wide}`}>
      <dt>{name}</dt>
      <dd>
        <strong data-testid={testid}>{of.mean == null ? "–" : stars(of.mean, language)}</strong>
        {of.mean == null ? <span className="quiet">{none}</span> : <Spread of={of} />}
        {of.low != null && of.high != null && (
          <span data-testid={`${testid}-number`}>
            {t("card.interval", {
              number: integer(of.ratings, language),
              low: stars(of.low, language),
              high: stars(of.high, language),
            })}
          </span>
        )}
        {children}
      </dd>
    </div>
  );
}

/** How many gave each number of stars, most stars first. */
function Spread({ of }: { of: Rated | Served }) {
  const { t, language } = useWords();
  return (
    <ul className={classes.spread} aria-label={t("card.spread")}>
      {of.distribution
        .map((count, at) => ({ number: at + 1, count }))
        .reverse()
        .map(({ number, count }) => (
          <li key={number}>
            <span data-number>{t("card.starsOf", { number })}</span>
            <Progress value={(100 * count) / of.ratings} aria-hidden="true" />
            <span data-number>{integer(count, language)}</span>
          </li>
        ))}
    </ul>
  );
}
