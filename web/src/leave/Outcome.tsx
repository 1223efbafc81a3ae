import { Button } from "@mantine/core";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import classes from "./leave.module.css";
import type { Result } from "./useDecisions";

/** What came of the last decision: how many, and one by one what could not be decided. */
export function Outcome(props: { result: Result | null; dismiss: () => void; names: (id: string) => string }) {
  const { t, language } = useWords();
  const { result, dismiss, names } = props;
  return (
    <>
      <p role="status">
        {result !== null && result.done > 0 && (
          <>
            <Glyph shape="full" />{" "}
            {t(`leaveDone.${result.outcome}`, { number: integer(result.done, language), count: result.done })}
          </>
        )}
      </p>
      {result !== null && result.refused.length > 0 && (
        <div role="alert" className={classes.refused}>
          <p>
            <Glyph shape="warning" /> {t("leave.refused", { number: integer(result.refused.length, language) })}
          </p>
          <ul>
            {result.refused.map(({ row, why }) => (
              <li key={row.id}>
                <strong>{names(row.employee_id)}</strong>{" "}
                <span className="quiet">
                  · {t(`leaveKind.${row.kind}`)}, {day(row.first, language)}
                </span>
                <p>{why}</p>
              </li>
            ))}
          </ul>
          <Button variant="default" onClick={dismiss}>
            {t("leave.dismiss")}
          </Button>
        </div>
      )}
    </>
  );
}
