import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import { csvOf, type Table } from "./csv";
import { downloadFile } from "./download";

/** The list as it stands, found and ordered, as a file; `table` may have to fetch what is not shown yet. */
export function TakeAway(props: { title: string; file: string; table: () => Table | Promise<Table> }) {
  const { t, language } = useWords();
  const { title, file, table } = props;
  const taking = useMutation({
    mutationFn: async () => csvOf(title, await table(), language),
    onSuccess: (text) => downloadFile(`${file}.csv`, new Blob([text], { type: "text/csv;charset=utf-8" })),
  });
  return (
    <div>
      <Button
        variant="default"
        aria-label={t("tables.csvOf", { table: title })}
        loading={taking.isPending}
        onClick={() => taking.mutate()}
      >
        {t("tables.csv")}
      </Button>
      <Refusal error={taking.error} />
    </div>
  );
}
