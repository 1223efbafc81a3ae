import { Button, FileInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type HolidayImport, holidayTemplate, scheduleKeys, sendHolidays } from "../api/schedules";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import { downloadFile } from "../tables/download";
import classes from "./schedules.module.css";

const MOST = 1024 * 1024;

/** Holidays from a file: looked at first, then all of it or nothing. */
export function HolidayFile({ close }: { close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const key = useRef(crypto.randomUUID());
  const checking = useMutation({ mutationFn: (chosen: File) => sendHolidays(chosen, true, crypto.randomUUID()) });
  const applying = useMutation({
    mutationFn: (chosen: File) => sendHolidays(chosen, false, key.current),
    onSuccess: async (found) => {
      key.current = crypto.randomUUID();
      if (found.applied) await client.invalidateQueries({ queryKey: scheduleKeys.all });
    },
  });
  const fetching = useMutation({
    mutationFn: holidayTemplate,
    onSuccess: (blob) => downloadFile("hari-libur.csv", blob),
  });
  const found = applying.data ?? checking.data;
  const large = file !== null && file.size > MOST;
  return (
    <div className={classes.fields}>
      <p className="quiet">{t("holidays.fileHint")}</p>
      <FileInput
        label={t("holidays.file")}
        placeholder={t("imports.noFile")}
        accept=".csv"
        value={file}
        error={large ? t("holidays.tooLarge") : null}
        onChange={(chosen) => {
          setFile(chosen);
          applying.reset();
          checking.reset();
          if (chosen !== null && chosen.size <= MOST) checking.mutate(chosen);
        }}
        clearable
        clearButtonProps={{ "aria-label": t("imports.unchoose") }}
      />
      <Refusal error={checking.error ?? applying.error ?? fetching.error} />
      {found !== undefined && <Outcome found={found} />}
      <div className={classes.line}>
        {file !== null && found?.errors === 0 && !found.applied && (
          <Button loading={applying.isPending} onClick={() => applying.mutate(file)}>
            {t("holidays.apply", { count: found.new + found.changed })}
          </Button>
        )}
        <Button variant="default" loading={fetching.isPending} onClick={() => fetching.mutate()}>
          {t("holidays.template")}
        </Button>
        <Button variant="default" onClick={close}>
          {t(found?.applied ? "holidays.done" : "form.cancel")}
        </Button>
      </div>
    </div>
  );
}

function Outcome({ found }: { found: HolidayImport }) {
  const { t } = useWords();
  const counts = { new: found.new, changed: found.changed, same: found.unchanged };
  return (
    <>
      <p role="status">
        {found.errors > 0
          ? t("holidays.wrong", { count: found.errors })
          : t(found.applied ? "holidays.applied" : "holidays.clean", counts)}
      </p>
      {found.findings.length > 0 && (
        <ul className={classes.remarks} data-testid="file-findings">
          {found.findings.map((one) => (
            <li key={`${one.row} ${one.column} ${one.detail}`}>
              <Glyph shape={one.level === "error" ? "wrong" : "warning"} />{" "}
              {one.row > 0 && <strong>{t("holidays.row", { row: one.row })} </strong>}
              {one.column !== "" && <code>{one.column}</code>} {one.detail}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
