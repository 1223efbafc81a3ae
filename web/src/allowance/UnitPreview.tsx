import { Select, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { type Table as CutTable, unitCutQuery } from "../api/allowance";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useNames } from "../reviews/useNames";
import { href } from "../shell/address";
import { PeriodPicker } from "../shell/PeriodPicker";
import { around } from "../shell/period";
import { UnitPicker } from "../shell/UnitPicker";
import { usePlace } from "../shell/usePlace";
import { Notice } from "../states/Notice";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import classes from "./allowance.module.css";
import { percent } from "./percent";

/** What a month of a unit comes to by the table in force, and would by another. Nothing is changed. */
export function UnitPreview({ tables, today }: { tables: readonly CutTable[]; today: string }) {
  const { t } = useWords();
  const [unit, setUnit] = useState<string | null>(null);
  const [table, setTable] = useState(tables[0]?.table ?? "");
  const [month, setMonth] = useState(around("month", today));
  return (
    <div className={classes.form}>
      <UnitPicker label={t("allowance.unit")} none={t("allowance.chooseUnit")} value={unit} choose={setUnit} />
      <Select
        label={t("allowance.other")}
        data={tables.map((one) => ({ value: one.table, label: one.title }))}
        value={table}
        onChange={(chosen) => setTable(chosen ?? table)}
        allowDeselect={false}
      />
      <PeriodPicker period={month} latest={today} change={setMonth} spans={["month"]} />
      {unit !== null && <Result unit={unit} month={month.from.slice(0, 7)} table={table} />}
    </div>
  );
}

function Result({ unit, month, table }: { unit: string; month: string; table: string }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const found = useQuery(unitCutQuery(unit, month, table));
  const rows = found.data?.items ?? [];
  const names = useNames(rows.map((row) => row.employee_id));
  if (found.data === undefined) return found.error === null ? <Waiting rows={4} /> : <Refusal error={found.error} />;
  if (rows.length === 0) return <Notice small title={t("allowance.nobody")} />;
  const { people, percent: now, other } = found.data;
  return (
    <div className={classes.wide} aria-busy={found.isPlaceholderData}>
      <p data-testid="unit-sum">
        {t("allowance.sum", {
          people: integer(people, language),
          now: percent(now, language),
          other: percent(other ?? "0", language),
        })}
      </p>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("allowance.who")}</Table.Th>
            <Table.Th>{t("allowance.now")}</Table.Th>
            <Table.Th>{t("allowance.would")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.employee_id}>
              <Table.Td>
                <Link href={href(`/tunjangan/${encodeURIComponent(row.employee_id)}`, {}, search)}>
                  {names(row.employee_id)}
                </Link>
              </Table.Td>
              <Table.Td>{percent(row.percent, language)}</Table.Td>
              <Table.Td>{percent(row.other ?? "0", language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {people > rows.length && <p className="quiet">{t("leave.most", { number: integer(rows.length, language) })}</p>}
    </div>
  );
}
