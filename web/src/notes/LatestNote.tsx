import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { notesQuery } from "../api/notes";
import { shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { useToday } from "../shell/useToday";
import classes from "./notes.module.css";

/** How long a word is news. */
const BACK = 30;

/** One line: the last note received, and where it can be answered. Unknown, it still leads there. */
export function LatestNote({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const today = useToday();
  const notes = useQuery(notesQuery(employeeId, shiftDay(today, -BACK), today)).data?.items;
  const latest = notes?.[0];
  return (
    <p className={classes.latest} data-testid="latest-note">
      <span className="quiet">{t("notes.latest")}</span>{" "}
      {latest !== undefined && (
        <span>
          {t("notes.latestOf", {
            value: t(`noteValue.${latest.value}`),
            name: latest.author.name ?? t("notes.nobody"),
          })}
        </span>
      )}
      {notes?.length === 0 && <span>{t("notes.latestNone")}</span>}
      <Link href="/umpan-balik">{t("notes.open")}</Link>
    </p>
  );
}
