import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { remindersQuery } from "../api/appraisal";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { useToday } from "../shell/useToday";
import { Glyph } from "../states/Glyph";
import { daysPast } from "./queue";
import classes from "./validation.module.css";

/** As many as leave room for what the page is for. */
const FEW = 3;

/**
 * What waits for this person past its day or nearly so, and what subordinate superiors leave too long. Nothing where
 * there is nothing, or nothing is known: the page it stands on says the rest. `here`: where it is decided.
 */
export function Reminders({ employeeId, here = false }: { employeeId: string; here?: boolean }) {
  const { t, language } = useWords();
  const today = useToday();
  const [all, setAll] = useState(false);
  const found = useQuery(remindersQuery(employeeId)).data;
  const names = useNames((found?.escalated ?? []).map((one) => one.superior_id));
  if (found === undefined || found.overdue + found.due_soon + found.escalated.length === 0) return null;
  const { overdue, due_soon, oldest_due_on, escalated } = found;
  const lines = [
    ...(overdue > 0 && oldest_due_on !== null
      ? [
          t("reminders.overdue", {
            number: integer(overdue, language),
            days: t("reminders.days", { count: daysPast(oldest_due_on, today) }),
          }),
        ]
      : []),
    ...(due_soon > 0 ? [t("reminders.soon", { number: integer(due_soon, language) })] : []),
  ];
  return (
    <ul className={classes.reminders} aria-label={t("reminders.title")} data-testid="reminders">
      {lines.map((line) => (
        <li key={line}>
          <Glyph shape="warning" size={14} /> {here ? line : <Link href="/pengesahan">{line}</Link>}
        </li>
      ))}
      {escalated.slice(0, all ? undefined : FEW).map((one) => (
        <li key={one.superior_id}>
          <Glyph shape="warning" size={14} />{" "}
          <Link href={`/kartu/${one.superior_id}`}>
            {t("reminders.escalated", {
              number: integer(one.overdue, language),
              name: names(one.superior_id),
              days: t("reminders.days", { count: daysPast(one.oldest_due_on, today) }),
            })}
          </Link>
        </li>
      ))}
      {!all && escalated.length > FEW && (
        <li>
          <Button variant="default" onClick={() => setAll(true)}>
            {t("reminders.all", { number: integer(escalated.length, language) })}
          </Button>
        </li>
      )}
    </ul>
  );
}
