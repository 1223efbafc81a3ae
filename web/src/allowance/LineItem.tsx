import { Link } from "wouter";
import type { CutLine } from "../api/allowance";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { dayOf } from "../month/address";
import { lengthWords } from "../month/steps";
import { usePlace } from "../shell/usePlace";
import classes from "./allowance.module.css";
import { percent } from "./percent";

/** One thing that is cut: its day, minutes, band, percent and source, and what would have made it nothing. */
export function LineItem({ employeeId, line }: { employeeId: string; line: CutLine }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const minutes = lengthWords(line.minutes ?? 0, t);
  const remedy = line.what === "early" ? "allowance.later" : "allowance.earlier";
  return (
    <li data-date={line.day} data-what={line.what}>
      <Link href={dayOf(employeeId, line.day, search)}>{day(line.day, language)}</Link>
      <span className={classes.amount}>
        {line.percent === null ? t("allowance.unset") : percent(line.percent, language)}
      </span>
      <p>
        {line.missing
          ? t(line.what === "early" ? "cutLine.earlyMissing" : "cutLine.lateMissing", { band: line.band ?? "" })
          : t(`cutLine.${line.what}`, { minutes, band: line.band ?? "" })}
      </p>
      {line.to_none !== null && <p>{t(remedy, { minutes: lengthWords(line.to_none, t) })}</p>}
      <p className="quiet">{line.source}</p>
    </li>
  );
}
