import { Checkbox, NativeSelect, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { CASE_KINDS, type Case, type CaseKind, type CaseState, casesQuery, type Outage } from "../api/outages";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { lengthWords } from "../month/steps";
import { useNames } from "../reviews/useNames";
import { usePerson } from "../session/useSession";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { toggled } from "../validation/queue";
import { Deciding } from "./Deciding";
import classes from "./outages.module.css";
import { useOutageWords } from "./useOutageWords";

const STATES = ["pending", "excused", "refused"] as const;
const keyOf = ({ employee_id, day }: Case) => `${employee_id}|${day}`;

/** The people an outage may concern, date by date, and the decision about them. */
export function Cases({ outage, running }: { outage: Outage; running: boolean }) {
  const { t, language } = useWords();
  const { person } = usePerson();
  const words = useOutageWords();
  const [state, setState] = useState<CaseState>("pending");
  const [kind, setKind] = useState<CaseKind | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const found = useQuery(casesQuery(outage.id, state, kind, running));
  const rows = found.data?.items ?? [];
  const names = useNames(rows.map((row) => row.employee_id));
  const decides = state === "pending" && person.roles.includes("bkpsdm");
  // Nobody decides about themselves.
  const open = decides ? rows.filter((row) => row.employee_id !== person.employeeId) : [];
  const chosen = open.filter((row) => selected.has(keyOf(row)));
  return (
    <section aria-busy={found.isPlaceholderData}>
      <h2>{t("outage.cases")}</h2>
      <div className={classes.filters}>
        <NativeSelect
          label={t("outage.stateOf")}
          value={state}
          onChange={(event) => setState(STATES.find((one) => one === event.currentTarget.value) ?? "pending")}
          data={STATES.map((one) => ({ value: one, label: t(`outage.${one}Cases`) }))}
        />
        <NativeSelect
          label={t("outage.kind")}
          value={kind ?? ""}
          onChange={(event) => setKind(CASE_KINDS.find((one) => one === event.currentTarget.value) ?? null)}
          data={[
            { value: "", label: t("outage.anyKind") },
            ...CASE_KINDS.map((one) => ({ value: one, label: t(`outage.${one}`) })),
          ]}
        />
      </div>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={4} height={40} />
        )
      ) : rows.length === 0 ? (
        <Notice small title={t("outage.noCases")} />
      ) : (
        <>
          <Table.ScrollContainer minWidth={520}>
            <Table>
              <Table.Caption className="hidden">{t("outage.cases")}</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  {decides && (
                    <Table.Th className={classes.select}>
                      <Checkbox
                        aria-label={t("outage.selectAll")}
                        checked={open.length > 0 && chosen.length === open.length}
                        indeterminate={chosen.length > 0 && chosen.length < open.length}
                        onChange={() => setSelected((now) => toggled(now, open.map(keyOf)))}
                      />
                    </Table.Th>
                  )}
                  <Table.Th scope="col">{t("outage.employee")}</Table.Th>
                  <Table.Th scope="col">{t("outage.date")}</Table.Th>
                  <Table.Th scope="col">{t("outage.held")}</Table.Th>
                  <Table.Th scope="col" className={classes.number}>
                    {t("outage.saves")}
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => {
                  const who = { name: names(row.employee_id), date: day(row.day, language) };
                  return (
                    <Table.Tr key={keyOf(row)} data-case={keyOf(row)}>
                      {decides && (
                        <Table.Td>
                          <Checkbox
                            aria-label={t("outage.select", who)}
                            disabled={row.employee_id === person.employeeId}
                            checked={selected.has(keyOf(row))}
                            onChange={() => setSelected((now) => toggled(now, [keyOf(row)]))}
                          />
                        </Table.Td>
                      )}
                      <Table.Td>{who.name}</Table.Td>
                      <Table.Td>
                        <Link
                          href={`/bulan/${encodeURIComponent(row.employee_id)}/${row.day}`}
                          aria-label={t("outage.openDay", who)}
                        >
                          {who.date}
                        </Link>
                      </Table.Td>
                      <Table.Td>
                        {words.held(row)}
                        {row.note !== "" && <p className="quiet">{row.note}</p>}
                      </Table.Td>
                      <Table.Td className={classes.number} data-number>
                        {lengthWords(row.minutes, t)}
                      </Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {decides && open.length > 0 && (
            <Deciding outage={outage} chosen={chosen} done={() => setSelected(new Set())} running={running} />
          )}
        </>
      )}
    </section>
  );
}
