import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { CheckInView } from "../api/checkins";
import { useWords } from "../i18n";

const ExplainForm = lazy(async () => ({ default: (await import("./ExplainForm")).ExplainForm }));

/** What its owner may say about a doubted check-in: an explanation while it waits, an appeal against a refusal. */
export function Answer({ row }: { row: CheckInView }) {
  const { t } = useWords();
  const [writing, setWriting] = useState(false);
  const said = row.steps?.some((step) => step.what === "explained") ?? false;
  const may = row.review === "rejected" ? "appeal" : row.review === "open" && !said ? "explain" : null;
  if (may === null) return null;
  return writing ? (
    <Suspense fallback={null}>
      <ExplainForm row={row} may={may} close={() => setWriting(false)} />
    </Suspense>
  ) : (
    <Button variant="default" onClick={() => setWriting(true)}>
      {t(`doubt.${may}`)}
    </Button>
  );
}
