import { Table } from "@mantine/core";
import type { Balance } from "../api/leave";
import { dayCount } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import classes from "./leave.module.css";

/** Every line of a year, the sum of which, with what was there before, is what is left. */
export function Ledger({ balance }: { balance: Balance }) {
  const { t, language } = useWords();
  return (
    <Table className={classes.ledger}>
      <Table.Caption className="hidden">{t("leave.ledger", { year: String(balance.year) })}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("leave.entryDay")}</Table.Th>
          <Table.Th scope="col">{t("leave.entryWhat")}</Table.Th>
          <Table.Th scope="col" className={classes.right}>
            {t("leave.entryDays")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {balance.entries.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id of their own and keep their order
          <Table.Tr key={`${one.day} ${one.what} ${at}`}>
            <Table.Td>{day(one.day, language)}</Table.Td>
            <Table.Td>
              {t(`leaveEntry.${one.what}`)}
              {one.words !== "" && <p className="quiet">{one.words}</p>}
            </Table.Td>
            <Table.Td className={classes.right} data-number>
              {Number(one.days) > 0 ? "+" : ""}
              {dayCount(one.days, language)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
