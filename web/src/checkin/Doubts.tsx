import type { Doubt } from "../api/checkins";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./checkin.module.css";

/** Doubts the app knows words for in both languages; the service's own words stand in for others. */
export const CODES = [
  "clock_skew",
  "unverifiable_time",
  "late_arrival",
  "no_location",
  "poor_accuracy",
  "old_fix",
  "mock_location",
  "outside",
  "code_elsewhere",
  "code_late",
  "impossible_travel",
  "repeated_coordinates",
  "constant_accuracy",
  "clock_mismatch",
  "other_phone",
  "shared_phone",
] as const;

const SHAPE = { note: "hollow", doubt: "warning", strong: "wrong" } as const;

/** Every doubt with its grade: a word, a shape and the reason. */
export function Doubts({ doubts }: { doubts: readonly Doubt[] }) {
  const { t, language } = useWords();
  return (
    <ul className={classes.doubts}>
      {doubts.map((doubt) => {
        const known = CODES.find((code) => code === doubt.code);
        return (
          <li key={doubt.code}>
            <Glyph shape={SHAPE[doubt.grade]} size={14} />
            <span>
              {language === "id" || known === undefined
                ? doubt.detail
                : t(`doubt.code.${known}`, { amount: doubt.amount ?? 0 })}{" "}
              <span className="quiet">({t(`doubt.grade.${doubt.grade}`)})</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
