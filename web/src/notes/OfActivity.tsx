import { Link } from "wouter";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { useNow } from "../live/useNow";
import { href, periodParts } from "../shell/address";
import { useAgency } from "../shell/agency";
import { around } from "../shell/period";
import { usePlace } from "../shell/usePlace";
import classes from "./notes.module.css";

const MINUTE = 60_000;

/** To the activity it is about: one's own among those of its day, another's on the card of that day. */
export function OfActivity(props: { id: string; date: string; employee: string; own: boolean }) {
  const { t } = useWords();
  const { zone } = useAgency();
  const { search } = usePlace();
  const today = localDate(new Date(useNow(MINUTE)).toISOString(), zone);
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
