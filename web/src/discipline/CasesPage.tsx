import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { type CaseState, casesQuery, nearQuery } from "../api/discipline";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { CaseItem } from "./CaseItem";
import classes from "./discipline.module.css";
import { sanctionWord } from "./sanctions";

const MOST = 200;
const STATES = ["open", "closed", "gone"] as const;

/** Of those one leads or works for: who is close to a step, and the cases. */
export function CasesPage() {
  const { t } = useWords();
  const heading = useTitle(t("discipline.casesTitle"), "cases", true);
  return (
    <div className={classes.page}>
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t("discipline.casesTitle")}
        </h1>
        <p className="quiet">{t("discipline.casesWhy")}</p>
      </div>
      <div className={classes.columns}>
        <Cases />
        <Near />
      </div>
    </div>
  );
}

function Cases() {
  const { t, language } = useWords();
  const [state, setState] = useState<CaseState>("open");
  const found = useQuery(casesQuery(state, MOST));
  const rows = found.data?.items ?? [];
  const names = useNames(rows.map((row) => row.employee_id));
  return (
    <section aria-busy={found.isPlaceholderData}>
      <h2>{t("discipline.cases")}</h2>
      <SegmentedControl
        aria-label={t("discipline.state")}
        value={state}
        onChange={(chosen) => setState(chosen as CaseState)}
        data={STATES.map((one) => ({ value: one, label: t(`caseState.${one}`) }))}
      />
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={4} height={40} />
        )
      ) : rows.length === 0 ? (
        <Notice small title={t("discipline.noCases")} />
      ) : (
        <>
          <ul className={classes.list}>
            {rows.map((row) => (
              <CaseItem key={row.id} row={row} name={names(row.employee_id)} />
            ))}
          </ul>
          {found.data.total > rows.length && (
            <p className="quiet">{t("leave.most", { number: integer(MOST, language) })}</p>
          )}
        </>
      )}
    </section>
  );
}

function Near() {
  const { t, language } = useWords();
  const { search } = usePlace();
  const found = useQuery(nearQuery(MOST));
  const rows = found.data?.items ?? [];
  const names = useNames(rows.map((row) => row.employee_id));
  const number = (value: number) => integer(value, language);
  return (
    <section>
      <h2>{t("discipline.near")}</h2>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={4} height={40} />
        )
      ) : rows.length === 0 ? (
        <Notice small title={t("discipline.nobodyNear")} />
      ) : (
        <>
          <ul className={classes.list}>
            {rows.map((row) => (
              <li key={row.employee_id} data-near={row.employee_id}>
                <h3>
                  <Link href={href(`/disiplin/${encodeURIComponent(row.employee_id)}`, {}, search)}>
                    {names(row.employee_id)}
                  </Link>
                </h3>
                {row.warnings.map((one) => (
                  <p key={one.key}>
                    <Glyph shape="warning" />{" "}
                    {one.key === "streak"
                      ? t("discipline.nearStreak", { number: number(row.running), of: number(one.from_days) })
                      : t("discipline.nearStep", {
                          number: number(row.days),
                          count: row.days,
                          at: number(one.from_days),
                          sanction: sanctionWord(one.sanction, t),
                        })}
                  </p>
                ))}
              </li>
            ))}
          </ul>
          {found.data.total > rows.length && (
            <p className="quiet">{t("leave.most", { number: integer(MOST, language) })}</p>
          )}
        </>
      )}
    </section>
  );
}
