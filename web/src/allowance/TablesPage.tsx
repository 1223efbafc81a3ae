import { Button, Table } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { allowanceKeys, type Table as CutTable, type TableList, tablesQuery, takeBackChoice } from "../api/allowance";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import classes from "./allowance.module.css";
import { ChooseForm } from "./ChooseForm";
import { percent } from "./percent";
import { UnitPreview } from "./UnitPreview";

/** The tables there are, which holds from when on, and what a month of a unit would come to by another. */
export function TablesPage() {
  const { t } = useWords();
  const found = useQuery(tablesQuery());
  const heading = useTitle(t("allowance.tables"), "allowance-tables", true);
  return (
    <div className={classes.page}>
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t("allowance.tables")}
        </h1>
        <p className="quiet">{t("allowance.tablesWhy")}</p>
      </div>
      {found.data !== undefined ? (
        <Found found={found.data} />
      ) : found.error !== null ? (
        <Failure top error={found.error} retry={found.refetch} />
      ) : (
        <Waiting rows={6} height={40} />
      )}
    </div>
  );
}

function Found({ found }: { found: TableList }) {
  const { t } = useWords();
  const { person } = usePerson();
  const today = useToday();
  const [choosing, setChoosing] = useState(false);
  const keeps = person.roles.includes("bkpsdm");
  return (
    <>
      <section>
        <h2>{t("allowance.decisions")}</h2>
        <Decisions found={found} today={today} keeps={keeps} />
        {keeps &&
          (choosing ? (
            <ChooseForm tables={found.tables} today={today} close={() => setChoosing(false)} />
          ) : (
            <Button onClick={() => setChoosing(true)}>{t("allowance.choose")}</Button>
          ))}
      </section>
      <section>
        <h2>{t("allowance.preview")}</h2>
        <UnitPreview tables={found.tables} today={today} />
      </section>
      <section>
        <h2>{t("allowance.all")}</h2>
        <div className={classes.tables}>
          {found.tables.map((one) => (
            <OneTable key={one.table} table={one} />
          ))}
        </div>
      </section>
    </>
  );
}

function Decisions({ found, today, keeps }: { found: TableList; today: string; keeps: boolean }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const title = (table: string) => found.tables.find((one) => one.table === table)?.title ?? table;
  const taking = useMutation({
    mutationFn: takeBackChoice,
    onSuccess: () => client.invalidateQueries({ queryKey: allowanceKeys.tables }),
  });
  return (
    <>
      <Refusal error={taking.error} />
      {found.choices.length === 0 && (
        <Notice small title={t("allowance.noDecision")}>
          <p>{t("allowance.noDecisionText", { title: title(found.bands) })}</p>
        </Notice>
      )}
      <ul className={classes.lines}>
        {found.choices.map((one) => (
          <li key={one.id} data-choice={one.id}>
            <h3>{title(one.table)}</h3>
            <span>{t("allowance.from", { date: day(one.valid_from, language) })}</span>
            <p className="quiet">{one.source}</p>
            {one.absent_percent !== null && (
              <p>{t("allowance.ownAbsent", { percent: percent(one.absent_percent, language) })}</p>
            )}
            {keeps && one.valid_from > today && (
              <p>
                <Button variant="default" loading={taking.isPending} onClick={() => taking.mutate(one.id)}>
                  {t("allowance.takeBack")}
                </Button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function OneTable({ table }: { table: CutTable }) {
  const { t, language } = useWords();
  const said = (value: string | null) => (value === null ? t("allowance.unset") : percent(value, language));
  return (
    <section data-table={table.table}>
      <h3>{table.title}</h3>
      <p className="quiet">
        {table.source}. {t(`allowance.mark.${table.mark}`)} {table.note}.
      </p>
      {!table.agrees && <p>{t("allowance.otherBands")}</p>}
      <div className={classes.wide}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("allowance.band")}</Table.Th>
              <Table.Th>{t("allowance.fromMinutes")}</Table.Th>
              <Table.Th>{t("allowance.late")}</Table.Th>
              <Table.Th>{t("allowance.early")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.late.map((band, n) => (
              <Table.Tr key={band.code}>
                <Table.Td>
                  {band.code}/{table.early[n]?.code}
                </Table.Td>
                <Table.Td>{integer(band.from_minutes, language)}</Table.Td>
                <Table.Td>{percent(band.percent, language)}</Table.Td>
                <Table.Td>{said(table.early[n]?.percent ?? null)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <p>{t("allowance.absentDay", { percent: said(table.absent_percent) })}</p>
      <p>
        {t("allowance.caps", {
          day: table.day_cap_percent === null ? "–" : percent(table.day_cap_percent, language),
          month: percent(table.month_cap_percent, language),
        })}
      </p>
    </section>
  );
}
