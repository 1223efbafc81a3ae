import { Link } from "wouter";
import { useWords } from "../i18n";
import { href, periodParts } from "../shell/address";
import { around } from "../shell/period";
import { usePlace } from "../shell/usePlace";
import { useToday } from "../shell/useToday";
import classes from "./notes.module.css";

/** To the activity it is about: one's own among those of its day, another's on the card of that day. */
export function OfActivity(props: { id: string; date: string; employee: string; own: boolean }) {
  const { t } = useWords();
  const { search } = usePlace();
  const today = useToday();
  const { id, date, employee, own } = props;
  const to = own
    ? `${href("/aktivitas", { date: date === today ? null : date }, search)}#${id}`
    : href(`/kartu/${employee}`, periodParts(around("day", date), today), search);
  return (
    <Link href={to} className={classes.inText}>
      {t("notes.ofActivity")}
    </Link>
  );
}
