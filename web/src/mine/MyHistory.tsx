import { useQuery } from "@tanstack/react-query";
import { type CheckInView, ownCheckInsQuery } from "../api/checkins";
import { receiptsQuery } from "../api/receipts";
import { Answer } from "../checkin/Answer";
import { Doubts } from "../checkin/Doubts";
import { integer } from "../format/number";
import { day, zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { PeriodPicker } from "../shell/PeriodPicker";
import { usePeriod } from "../shell/usePeriod";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { byDay } from "./history";
import classes from "./mine.module.css";
import { ReceiptLine } from "./ReceiptLine";
import { useOwnDate } from "./useOwnDate";

/** One's own check-ins by phone of a period: when, where, and what became of those that were doubted. */
export function MyHistory({ employeeId }: { employeeId: string }) {
  const { t, language } = useWords();
  const today = useOwnDate(employeeId);
  const { period, change } = usePeriod(today);
  const found = useQuery(ownCheckInsQuery(employeeId, period.from, period.to));
  const sealed = useQuery(receiptsQuery(employeeId, period.from, period.to)).data;
  const { data } = found;
  return (
    <section className={classes.record}>
      <h2>{t("history.title")}</h2>
      <PeriodPicker period={period} latest={today} change={change} />
      {data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={3} />
        )
      ) : (
        <div aria-busy={found.isPlaceholderData}>
          <p className={data.total === 0 ? "hidden" : "quiet"} role="status">
            {t("history.count", { count: data.total, number: integer(data.total, language) })}
            {data.total > data.items.length && ` ${t("history.newest", { count: data.items.length })}`}
          </p>
          {data.total === 0 && (
            <Notice small title={t("history.none")}>
              <p>{t("history.noneText")}</p>
            </Notice>
          )}
          {byDay(data.items).map(([date, rows]) => (
            <div key={date} className={classes.day}>
              <h3>{day(date, language)}</h3>
              <ul className={classes.punches}>
                {rows.map((row) => (
                  <Row key={row.id} employeeId={employeeId} row={row} sealed={sealed} />
                ))}
              </ul>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

const SHAPE = {
  none: null,
  open: "waiting",
  appealed: "waiting",
  accepted: "full",
  rejected: "wrong",
  upheld: "wrong",
} as const;

interface RowProps {
  employeeId: string;
  row: CheckInView;
  sealed: ReadonlySet<string> | undefined;
}

function Row({ employeeId, row, sealed }: RowProps) {
  const { t, language } = useWords();
  const shape = SHAPE[row.review];
  const time = zonedClock(row.occurred_at, row.site.zone, language);
  return (
    <li>
      <span data-number>{time}</span>
      <div>
        {t(`checkin.${row.kind}`)}{" "}
        <span className="quiet">· {t(`history.place.${row.place.verdict}`, { site: row.site.name })}</span>
        <p className={classes.review}>
          {shape !== null && <Glyph shape={shape} />} {t(`doubt.review.${row.review}`)}
        </p>
        {row.doubts.length > 0 && <Doubts doubts={row.doubts} />}
        <Answer row={row} />
        <ReceiptLine employeeId={employeeId} punchId={row.id} date={row.local_date} time={time} sealed={sealed} />
      </div>
    </li>
  );
}
