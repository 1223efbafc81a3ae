import { Button } from "@mantine/core";
import { useState } from "react";
import type { HeldGroup } from "../api/attendance";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { HeldLines } from "./HeldLines";
import classes from "./quarantine.module.css";

/** Lines that wait for a person, by terminal and reason; one group is open at a time. */
export function HeldGroups({ groups }: { groups: readonly HeldGroup[] }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<string | null>(null);
  if (groups.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2>{t("quarantine.lines")}</h2>
      <ul className={classes.list}>
        {groups.map((group) => {
          const key = `${group.serial} ${group.reason}`;
          return (
            <li key={key}>
              <div className={classes.group}>
                <h3>
                  {t(`reason.${group.reason}`)} <span className={classes.serial}>{group.serial}</span>
                </h3>
                <span data-number>
                  {t("terminals.lines", { count: group.count, number: integer(group.count, language) })}
                  {group.reason === "unknown_pin" &&
                    ` · ${t("quarantine.pins", { number: integer(group.pins, language) })}`}
                </span>
                <Button
                  variant="default"
                  aria-expanded={open === key}
                  onClick={() => setOpen(open === key ? null : key)}
                >
                  {t(open === key ? "quarantine.close" : "quarantine.open")}
                </Button>
              </div>
              <p className="quiet">{t(`reason.${group.reason}_why`)}</p>
              {open === key && <HeldLines serial={group.serial} reason={group.reason} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
