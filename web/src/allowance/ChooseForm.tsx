import { NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { allowanceKeys, chooseTable, type Table } from "../api/allowance";
import { isRefused } from "../api/client";
import { shiftDay } from "../format/time";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";

/** A decision: from a day to come on this table, with its letter. */
export function ChooseForm(props: { tables: readonly Table[]; today: string; close: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { tables, today, close } = props;
  const [table, setTable] = useState<string | null>(null);
  const [from, setFrom] = useState(shiftDay(today, 1));
  const [absent, setAbsent] = useState<number | string>("");
  const [source, setSource] = useState("");
  const key = useRef(crypto.randomUUID());
  const choosing = useMutation({
    mutationFn: () =>
      chooseTable(
        {
          table: table ?? "",
          valid_from: from,
          absent_percent: absent === "" ? null : String(absent),
          source: source.trim(),
        },
        key.current,
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: allowanceKeys.tables });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID(); // what is mended is another command
    },
  });
  const told = fieldErrors(choosing.error);
  return (
    <CommandForm
      label={t("allowance.choose")}
      lacking={table === null || from === "" || source.trim() === ""}
      command={choosing}
      submit={t("allowance.chooseNow")}
      close={close}
      told={["table", "valid_from", "absent_percent", "source"]}
      fields={(tried) => (
        <>
          <Select
            label={t("allowance.table")}
            data={tables.map((one) => ({ value: one.table, label: one.title, disabled: !one.agrees }))}
            value={table}
            onChange={setTable}
            error={tried && table === null ? t("leave.missing") : (told.table ?? null)}
          />
          <TextInput
            type="date"
            label={t("allowance.validFrom")}
            description={t("allowance.validFromHint")}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            error={tried && from === "" ? t("leave.missing") : (told.valid_from ?? null)}
          />
          <NumberInput
            label={t("allowance.absentPercent")}
            description={t("allowance.absentHint")}
            value={absent}
            onChange={setAbsent}
            min={0}
            max={100}
            step={0.5}
            decimalScale={2}
            decimalSeparator={language === "id" ? "," : "."}
            error={told.absent_percent ?? null}
          />
          <TextInput
            label={t("allowance.source")}
            value={source}
            maxLength={200}
            onChange={(event) => setSource(event.currentTarget.value)}
            error={tried && source.trim() === "" ? t("leave.missing") : (told.source ?? null)}
          />
        </>
      )}
    />
  );
}
