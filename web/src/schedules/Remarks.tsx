import type { Remark } from "../api/schedules";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./schedules.module.css";

const MOST = 30;

/** What the service found, errors first; `place` says what each is about. */
export function Remarks(props: { found: readonly Remark[]; place?: (one: Remark) => string }) {
  const { t } = useWords();
  const { found, place = () => "" } = props;
  if (found.length === 0) return null;
  const ordered = [...found].sort((a, b) => Number(a.warning) - Number(b.warning));
  return (
    <ul className={classes.remarks} aria-label={t("schedules.findings")} data-testid="remarks">
      {ordered.slice(0, MOST).map((one) => (
        <li key={`${one.pointer} ${one.code} ${one.detail}`}>
          <Glyph shape={one.warning ? "warning" : "wrong"} />{" "}
          <span className="hidden">{t(one.warning ? "findings.warning" : "findings.error")}: </span>
          {place(one) !== "" && <strong>{place(one)}: </strong>}
          {one.detail}
        </li>
      ))}
      {ordered.length > MOST && <li>{t("schedules.moreFindings", { count: ordered.length - MOST })}</li>}
    </ul>
  );
}
