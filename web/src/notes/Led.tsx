import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Subordinate } from "../api/notes";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { GiveFeedback } from "./GiveFeedback";
import classes from "./notes.module.css";

/** As many as leave room for what was given. */
const FEW = 5;

/** One's own people, who waits longest for a word first. */
export function Led({ people }: { people: readonly Subordinate[] }) {
  const { t, language } = useWords();
  const [all, setAll] = useState(false);
  if (people.length === 0) return null;
  return (
    <section>
      <h2>{t("notes.led")}</h2>
      <ul className={classes.led}>
        {people.slice(0, all ? undefined : FEW).map((one) => (
          <li key={one.id}>
            <div>
              <Link href={`/kartu/${one.id}`}>{one.name}</Link>
              <div className="quiet">
                {one.last_given_on === null
                  ? t("notes.neverGiven")
                  : t("notes.lastGiven", { date: day(one.last_given_on, language) })}
              </div>
            </div>
            <GiveFeedback employee={one} named />
          </li>
        ))}
      </ul>
      {!all && people.length > FEW && (
        <Button variant="default" onClick={() => setAll(true)}>
          {t("notes.allLed", { number: integer(people.length, language) })}
        </Button>
      )}
    </section>
  );
}
