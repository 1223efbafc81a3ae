import { Button, Table } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { readsQuery } from "../api/queries";
import type { ReadEntry } from "../api/types";
import { clock, day, localDate } from "../format/time";
import { useWords } from "../i18n";
import { ROLES } from "../session/person";
import { useAgency } from "../shell/agency";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./mine.module.css";
import { gathered } from "./reads";

/** Programs of the installation itself have every role: that says nothing of who looked. */
const MOST_ROLES = 3;

/** Who has looked at one's own data: the name, as what, at what, when. */
export function Readers({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const reads = useInfiniteQuery(readsQuery(employeeId));
  const rows = reads.data?.pages.flatMap((page) => page.items);
  return (
    <section className={classes.readers}>
      <h2>{t("reads.title")}</h2>
      <p className="quiet">{t("reads.why")}</p>
      {rows === undefined ? (
        reads.error !== null ? (
          <Failure error={reads.error} retry={reads.refetch} />
        ) : (
          <Waiting rows={3} />
        )
      ) : rows.length === 0 ? (
        <p>{t("reads.none")}</p>
      ) : (
        <>
          <Rows rows={rows} />
          {reads.hasNextPage && (
            <Button variant="default" loading={reads.isFetchingNextPage} onClick={() => reads.fetchNextPage()}>
              {t("reads.more")}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Rows({ rows }: { rows: readonly ReadEntry[] }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("reads.when")}</Table.Th>
          <Table.Th scope="col">{t("reads.who")}</Table.Th>
          <Table.Th scope="col">{t("reads.what")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {gathered(rows, (at) => localDate(at, zone)).map(({ reader, what, at }) => (
          <Table.Tr key={`${at} ${what} ${reader.reader_id ?? reader.roles.join()}`}>
            <Table.Td>
              {day(localDate(at, zone), language)}, {clock(at, zone, language)}
            </Table.Td>
            <Table.Td>
              {reader.reader_name ?? t("reads.machine")}
              {reader.roles.length <= MOST_ROLES && (
                <span className="quiet"> {reader.roles.map((role) => roleName(role)).join(", ")}</span>
              )}
            </Table.Td>
            <Table.Td>{t(`reads.${what}`)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );

  function roleName(role: string): string {
    const known = ROLES.find((one) => one === role);
    return known === undefined ? role : t(`role.${known}`);
  }
}
