import { NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { codeSheet, type Service } from "../api/feedback";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import { downloadFile } from "../tables/download";

const MOST = 240;
const A_PAGE = 24;

/** Codes on paper, for where nobody shows a screen: each of them once, as a PDF to print and cut. */
export function SheetForm({ service, close }: { service: Service; close: () => void }) {
  const { t } = useWords();
  const [count, setCount] = useState(String(A_PAGE));
  const [counter, setCounter] = useState("");
  const wrong = !/^\d{1,3}$/.test(count) || Number(count) < 1 || Number(count) > MOST;
  const counters = service.counters ?? [];
  const making = useMutation({
    mutationFn: () =>
      codeSheet({ service_id: service.id, count: Number(count), counter: counter === "" ? null : counter }),
    onSuccess: (file) => {
      downloadFile(t("services.sheetFile"), file);
      close();
    },
  });
  return (
    <CommandForm
      label={`${t("services.sheet")}: ${service.name}`}
      lacking={wrong}
      command={making}
      submit={t("services.sheetNow")}
      close={close}
      told={["count"]}
      fields={(tried) => (
        <>
          <p className="quiet">{t("services.sheetWhy")}</p>
          {counters.length > 0 && (
            <NativeSelect
              label={t("codes.counter")}
              value={counter}
              onChange={(event) => setCounter(event.currentTarget.value)}
              data={[{ value: "", label: t("services.noCounter") }, ...counters]}
            />
          )}
          <TextInput
            inputMode="numeric"
            label={t("services.count")}
            description={t("services.countHint", { most: MOST })}
            value={count}
            maxLength={3}
            onChange={(event) => setCount(event.currentTarget.value)}
            error={
              tried && wrong ? t("services.countWrong", { most: MOST }) : (fieldErrors(making.error).count ?? null)
            }
          />
        </>
      )}
    />
  );
}
