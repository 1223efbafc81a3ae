import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeUnit, directoryKeys, type UnitRecord, type UnitVersion } from "../api/directory";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { type Dated, isLacking, placeOf, UnitFields } from "./UnitFields";
import { changedFrom } from "./versions";

/** Another name or another place from a day on; what was before stays in the record. */
export function ChangeUnit(props: { unit: UnitRecord; from: string; present: UnitVersion; close: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { from, present, close } = props;
  const [unit] = useState(props.unit); // as it was when the form was opened
  const { name, short_name = "", parent_id = null } = present;
  const [value, setValue] = useState<Dated>({ from, name, short_name, parent_id });
  const versions = value.from === "" ? null : changedFrom(unit.versions, value.from, placeOf(value));
  const saving = useMutation({
    mutationFn: () => changeUnit(unit.id, unit.version, versions ?? []),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: directoryKeys.units });
      close();
    },
    // Somebody else was first: the page shows what is so now, beside the form.
    onError: () => client.invalidateQueries({ queryKey: directoryKeys.units }),
  });
  return (
    <CommandForm
      label={t("tree.change")}
      lacking={isLacking(value) || versions === null}
      command={saving}
      submit={t("tree.save")}
      close={close}
      fields={(tried) => (
        <>
          <UnitFields value={value} set={setValue} tried={tried} self={unit.id} />
          {value.from !== "" && (
            <p className={tried && versions === null ? undefined : "quiet"} role="status">
              {versions === null
                ? t("tree.notOnDay", { date: day(value.from, language) })
                : t("tree.changeEffect", { date: day(value.from, language) })}
            </p>
          )}
        </>
      )}
    />
  );
}
