import { Table } from "@mantine/core";
import type { Punch } from "../api/types";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import classes from "./mine.module.css";

/** How a punch came in, as its event says. */
const WAYS = ["terminal", "file", "app"] as const;

export function Punches({ punches }: { punches: readonly Punch[] }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const way = (source: string) => t(`mine.${WAYS.find((one) => one === source) ?? "other"}`);
  return (
    <Table className={classes.punches}>
      <Table.Caption>{t("mine.punches")}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("mine.time")}</Table.Th>
          <Table.Th scope="col">{t("mine.where")}</Table.Th>
          <Table.Th scope="col">{t("mine.by")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {punches.map((punch) => (
          <Table.Tr key={punch.punch_id}>
            <Table.Td data-number>{zonedClock(punch.at, punch.site?.zone ?? zone, language)}</Table.Td>
            <Table.Td>{punch.site?.name}</Table.Td>
            <Table.Td>{way(punch.source)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
