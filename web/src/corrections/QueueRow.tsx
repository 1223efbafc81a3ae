import { Checkbox } from "@mantine/core";
import type { Correction } from "../api/corrections";
import { day, dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import classes from "./corrections.module.css";
import { Deciding } from "./Deciding";
import { Proof } from "./Proof";
import { Steps } from "./Steps";
import { useClaimed } from "./useClaimed";
import type { Decide } from "./useDecisions";

/** A correction that waits: who claims what, why and with which evidence, and the three decisions. */
export function QueueRow(props: {
  row: Correction;
  name: string;
  selected: boolean;
  toggle: () => void;
  decide: Decide;
  busy: boolean;
}) {
  const { t, language } = useWords();
  const claimed = useClaimed();
  const { row, name, selected, toggle, decide, busy } = props;
  const of = `${name}, ${claimed(row)}, ${day(row.date, language)}`;
  return (
    <li data-row={row.id}>
      <div className={classes.row}>
        <Checkbox aria-label={t("correction.select", { what: of })} checked={selected} onChange={toggle} />
        <div>
          <h2>{name}</h2>
          <p>
            <strong>{claimed(row)}</strong> <span className="quiet">· {day(row.date, language)}</span>
          </p>
          <p>{row.reason}</p>
          <Proof correction={row} />
          <Steps steps={row.steps} zone={row.zone} />
          <p className="quiet">
            {t("correction.asked", { at: dayAndClock(row.asked_at, row.zone, language) })} ·{" "}
            {t("correction.until", { date: day(row.superior_until, language) })}
          </p>
          <Deciding rows={[row]} of={of} decide={decide} busy={busy} />
        </div>
      </div>
    </li>
  );
}
