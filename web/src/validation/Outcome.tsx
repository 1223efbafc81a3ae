import { Button } from "@mantine/core";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import type { Result } from "./useDecisions";
import classes from "./validation.module.css";

/** What came of the last decision: how many, and row by row what could not be decided. */
export function Outcome(props: { result: Result | null; dismiss: () => void; names: (id: string) => string }) {
  const { t, language } = useWords();
  const { result, dismiss, names } = props;
  return (
    <>
      <p role="status" className={classes.done}>
        {result !== null && result.done > 0 && (
          <>
            <Glyph shape="full" />{" "}
            {t(`validationDone.${result.outcome}`, { number: integer(result.done, language), count: result.done })}
          </>
        )}
      </p>
      {result !== null && result.refused.length > 0 && (
        <div role="alert" className={classes.refused}>
          <p>
            <Glyph shape="warning" /> {t("validation.refused", { number: integer(result.refused.length, language) })}
          </p>
          <ul>
            {result.refused.map(({ row, why }) => (
              <li key={row.id}>
                <strong>{row.what}</strong> <span className="quiet">· {names(row.employee_id)}</span>
                <p>{why}</p>
              </li>
            ))}
          </ul>
          <Button variant="default" onClick={dismiss}>
            {t("validation.dismiss")}
          </Button>
        </div>
      )}
    </>
  );
}
