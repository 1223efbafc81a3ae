import { Button } from "@mantine/core";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import type { Refused } from "./queue";
import classes from "./validation.module.css";

interface Row {
  id: string;
  employee_id: string;
}

/** What came of the last decision: how many (`said`), and row by row what could not be decided. `what` names a row. */
export function Outcome<R extends Row>(props: {
  result: { done: number; refused: readonly Refused<R>[] } | null;
  said: string;
  what: (row: R) => string;
  dismiss: () => void;
  names: (id: string) => string;
}) {
  const { t, language } = useWords();
  const { result, said, what, dismiss, names } = props;
  return (
    <>
      <p role="status" className={classes.done}>
        {result !== null && result.done > 0 && (
          <>
            <Glyph shape="full" /> {said}
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
                <strong>{what(row)}</strong> <span className="quiet">· {names(row.employee_id)}</span>
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
