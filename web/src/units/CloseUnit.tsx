import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeUnit, directoryKeys, type UnitRecord } from "../api/directory";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { closedOn } from "./versions";

/** The unit ends with a day. The service refuses while people or units still belong to it afterwards. */
export function CloseUnit({ unit: found, on, close }: { unit: UnitRecord; on: string; close: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [unit] = useState(found); // as it was when the form was opened
  const [last, setLast] = useState(on);
  const versions = last === "" ? null : closedOn(unit.versions, last);
  const saving = useMutation({
    mutationFn: () => changeUnit(unit.id, unit.version, versions ?? []),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: directoryKeys.units });
      close();
    },
    onError: () => client.invalidateQueries({ queryKey: directoryKeys.units }),
  });
  return (
    <CommandForm
      label={t("tree.close")}
      lacking={versions === null}
      command={saving}
      submit={t("tree.closeNow")}
      close={close}
      fields={(tried) => (
        <>
          <TextInput
            type="date"
            label={t("tree.lastDay")}
            description={t("tree.lastDayHint")}
            error={
              tried && versions === null
                ? last === ""
                  ? t("tree.dateMissing")
                  : t("tree.notOnDay", { date: day(last, language) })
                : null
            }
            value={last}
            onChange={(event) => setLast(event.currentTarget.value)}
          />
          {versions !== null && versions.length < unit.versions.length && <p role="status">{t("tree.closeDrops")}</p>}
        </>
      )}
    />
  );
}
