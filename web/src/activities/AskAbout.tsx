import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import type { Activity } from "../api/appraisal";
import { noteKeys, ownRequestsQuery } from "../api/notes";
import { useWords } from "../i18n";
import { AskFeedback } from "../notes/AskFeedback";
import { useToday } from "../shell/useToday";
import { Glyph } from "../states/Glyph";
import classes from "./activities.module.css";

/** Asks the superior for feedback on one activity; while that is open, where it stands. */
export function AskAbout({ activity }: { activity: Activity }) {
  const { t } = useWords();
  const client = useQueryClient();
  const today = useToday();
  const { employee_id, id, what, date } = activity;
  const requests = useQuery(ownRequestsQuery(employee_id)).data?.items ?? [];
  if (requests.some((one) => one.activity_id === id && one.status === "open")) {
    return (
      <Link href="/umpan-balik/permintaan" className={classes.asked}>
        <Glyph shape="waiting" /> {t("notes.askedFor")}
      </Link>
    );
  }
  return (
    <AskFeedback
      employeeId={employee_id}
      today={today}
      activity={{ id, what, date }}
      className={classes.more}
      asked={() => void client.invalidateQueries({ queryKey: noteKeys.all })}
    />
  );
}
