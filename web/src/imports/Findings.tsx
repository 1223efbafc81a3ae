import { Button, Pagination, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findingsFile, findingsQuery, type Import, MOST_FINDINGS } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Failure } from "../states/Failure";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import { downloadFile } from "../tables/download";
import { FindingsTable } from "./FindingsTable";
import { type Choice, chosen, PAGE, pageOf, sheetsOf } from "./findings";
import classes from "./imports.module.css";

/** Everything wrong with a file: found by list and words, in an order, page by page, and as a file to work through. */
export function Findings({ found, finished }: { found: Import; finished: string }) {
  const { t, language } = useWords();
  const all = useQuery(findingsQuery(found.id, finished));
  const [choice, setChoice] = useState<Choice>({ sheet: null, q: "", order: "place" });
  const [page, setPage] = useState(1);
  const choose = (change: Partial<Choice>) => {
    setChoice({ ...choice, ...change });
    setPage(1);
  };
  const file = useMutation({
    mutationFn: () => findingsFile(found.id),
    onSuccess: (csv) => downloadFile(`temuan-${found.id}.csv`, csv),
  });
  if (all.data === undefined) {
    return all.error !== null ? <Failure error={all.error} retry={all.refetch} /> : <Waiting rows={8} height={28} />;
  }
  const rows = chosen(all.data, choice);
  const pages = Math.ceil(rows.length / PAGE);
  return (
    <section className={classes.section}>
      <h2>{t("findings.title")}</h2>
      <search className={classes.filters}>
        <TextInput
          type="search"
          label={t("findings.search")}
          placeholder={t("findings.searchHint")}
          value={choice.q}
          onChange={(event) => choose({ q: event.currentTarget.value })}
        />
        <Select
          label={t("imports.list")}
          placeholder={t("findings.allSheets")}
          data={sheetsOf(all.data)}
          value={choice.sheet}
          onChange={(sheet) => choose({ sheet })}
          clearable
          clearButtonProps={{ "aria-label": t("findings.allSheets") }}
        />
        <Select
          label={t("findings.order")}
          data={(["place", "column", "detail"] as const).map((order) => ({
            value: order,
            label: t(`findingOrder.${order}`),
          }))}
          value={choice.order}
          onChange={(order) => choose({ order: (order ?? "place") as Choice["order"] })}
          allowDeselect={false}
        />
        <Button variant="default" loading={file.isPending} onClick={() => file.mutate()}>
          {t("findings.download")}
        </Button>
      </search>
      <Refusal error={file.error} />
      <p className="quiet" role="status">
        {t("findings.shown", {
          shown: integer(rows.length, language),
          total: integer(found.errors + found.warnings, language),
        })}
        {all.data.length >= MOST_FINDINGS && ` ${t("findings.most")}`}
      </p>
      {rows.length > 0 && <FindingsTable rows={pageOf(rows, page)} />}
      {pages > 1 && (
        <Pagination
          total={pages}
          value={page}
          onChange={setPage}
          siblings={1}
          aria-label={t("findings.pages")}
          getItemProps={(one) => ({ "aria-label": t("findings.page", { page: one }) })}
          getControlProps={(control) =>
            control === "previous" || control === "next" ? { "aria-label": t(`findings.${control}`) } : {}
          }
        />
      )}
    </section>
  );
}
