import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findingsQuery } from "../api/integrity";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { ChainDays } from "./ChainDays";
import { FindingItem } from "./FindingItem";
import classes from "./integrity.module.css";

const PAGE = 25;
/** What the API answers at once. */
const MOST = 500;

/** Whether what was recorded is still as it was sealed: what contradicts it, and a check of any day. */
export function IntegrityPage() {
  const { t, language } = useWords();
  const [state, setState] = useState<"open" | "closed">("open");
  const [limit, setLimit] = useState(PAGE);
  const found = useQuery(findingsQuery(state === "open", limit));
  const rows = found.data?.items ?? [];
  const names = useNames(rows.flatMap(({ employee_id }) => employee_id ?? []));
  const heading = useTitle(t("integrity.title"), "integrity", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("integrity.title")}
      </h1>
      <p className="quiet">{t("integrity.why")}</p>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={40} />
        )
      ) : (
        <>
          <section aria-label={t("integrity.findings")} aria-busy={found.isPlaceholderData}>
            <div className={classes.top}>
              <h2>{t("integrity.findings")}</h2>
              <SegmentedControl
                aria-label={t("integrity.state")}
                value={state}
                onChange={(chosen) => {
                  setState(chosen === "open" ? "open" : "closed");
                  setLimit(PAGE);
                }}
                data={[
                  { value: "open", label: t("integrity.open") },
                  { value: "closed", label: t("integrity.closed") },
                ]}
              />
            </div>
            {rows.length === 0 ? (
              <Notice small title={t(`integrity.${state}None`)}>
                <p>{t(`integrity.${state}NoneText`)}</p>
              </Notice>
            ) : (
              <ul className={classes.list}>
                {rows.map((row) => (
                  <FindingItem key={row.id} row={row} name={row.employee_id == null ? null : names(row.employee_id)} />
                ))}
              </ul>
            )}
            {found.data.total > rows.length &&
              (limit < MOST ? (
                <Button
                  variant="default"
                  loading={found.isPlaceholderData}
                  onClick={() => setLimit(Math.min(MOST, limit * 4))}
                >
                  {t("validation.more", { number: integer(found.data.total - rows.length, language) })}
                </Button>
              ) : (
                <p className="quiet">{t("integrity.most", { number: integer(MOST, language) })}</p>
              ))}
          </section>
          <ChainDays />
        </>
      )}
    </div>
  );
}
