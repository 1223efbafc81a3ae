import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { EMPLOYEE_ORDERS, employeesQuery, exportWorkbook, unitsQuery } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { downloadFile } from "../tables/download";
import { orderOf } from "../tables/OrderChoice";
import classes from "./directory.module.css";
import { EmployeeFilters } from "./EmployeeFilters";
import { EmployeeTable } from "./EmployeeTable";

/** The employees of the directory that one may see: found by name, number and unit. */
export function EmployeesPage() {
  const { t, language } = useWords();
  const { place } = usePlace();
  const units = useQuery(unitsQuery());
  const found = useInfiniteQuery(employeesQuery(place.q, place.unit, orderOf(EMPLOYEE_ORDERS, place.order)));
  const heading = useTitle(t("employees.title"), "employees", true);
  const pages = found.data?.pages;
  const people = pages?.flatMap((page) => page.items);
  const total = pages?.[0]?.total;
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <h1 ref={heading} tabIndex={-1}>
          {t("employees.title")}
        </h1>
        <Export />
      </div>
      <EmployeeFilters />
      {people === undefined ? (
        found.error !== null ? (
          <Failure error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={10} height={28} />
        )
      ) : people.length === 0 ? (
        <Notice title={t("employees.none")}>
          <p>{t("employees.noneText")}</p>
        </Notice>
      ) : (
        <>
          <p className="quiet" role="status">
            {t("employees.shown", {
              shown: integer(people.length, language),
              total: integer(total ?? people.length, language),
            })}
          </p>
          <EmployeeTable people={people} units={units.data?.items ?? []} />
          {found.hasNextPage && (
            <Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
              {t("employees.more")}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function Export() {
  const { t } = useWords();
  const { person } = usePerson();
  const file = useMutation({
    mutationFn: exportWorkbook,
    onSuccess: (workbook) => downloadFile(t("employees.file"), workbook),
  });
  if (person.sees !== "all") return null;
  return (
    <div>
      <Button variant="default" loading={file.isPending} onClick={() => file.mutate()}>
        {t("employees.export")}
      </Button>
      {file.isError && <p role="alert">{t("employees.exportFailed")}</p>}
    </div>
  );
}
