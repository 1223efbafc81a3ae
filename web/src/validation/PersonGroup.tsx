import { Button, Checkbox } from "@mantine/core";
import type { FeedbackRequest } from "../api/notes";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { QueueRow } from "./QueueRow";
import type { Group } from "./queue";
import type { Decide } from "./useDecisions";
import classes from "./validation.module.css";

/** What waits of one person, and one press for all of it. */
export function PersonGroup(props: {
  group: Group;
  name: string;
  /** Whether the reader is the superior, who may say more than a decision. */
  led: boolean;
  /** Open requests for feedback, by the activity they are about. */
  asked: ReadonlyMap<string, FeedbackRequest>;
  today: string;
  selected: ReadonlySet<string>;
  toggle: (ids: readonly string[]) => void;
  decide: Decide;
  busy: boolean;
}) {
  const { t, language } = useWords();
  const { group, name, led, asked, today, selected, toggle, decide, busy } = props;
  const { items, minutes } = group;
  const chosen = items.filter(({ id }) => selected.has(id)).length;
  const count = integer(items.length, language);
  return (
    <section className={classes.person} aria-label={name}>
      <div className={classes.personTop}>
        <Checkbox
          aria-label={t("validation.selectPerson", { name })}
          checked={chosen === items.length}
          indeterminate={chosen > 0 && chosen < items.length}
          onChange={() => toggle(items.map(({ id }) => id))}
        />
        <div>
          <h2>{name}</h2>
          <p className="quiet">
            {t("validation.sum", { number: count, minutes: integer(minutes, language), count: items.length })}
          </p>
        </div>
        {items.length > 1 && (
          <Button
            variant="default"
            disabled={busy}
            aria-label={t("validation.validatePerson", { number: count, count: items.length, name })}
            onClick={() => void decide(items, "validated").catch(() => {})}
          >
            {t("validation.validateMany", { number: count, count: items.length })}
          </Button>
        )}
      </div>
      <ul>
        {items.map((row) => (
          <QueueRow
            key={row.id}
            row={row}
            name={led ? name : null}
            request={asked.get(row.id) ?? null}
            today={today}
            selected={selected.has(row.id)}
            toggle={() => toggle([row.id])}
            decide={decide}
            busy={busy}
          />
        ))}
      </ul>
    </section>
  );
}
