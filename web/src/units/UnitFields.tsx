import { TextInput } from "@mantine/core";
import { useWords } from "../i18n";
import { UnitPicker } from "../shell/UnitPicker";
import type { Place } from "./versions";

export interface Dated extends Place {
  from: string;
}

/** From when, under which name, below which unit. */
export function UnitFields(props: { value: Dated; set: (value: Dated) => void; tried: boolean; self?: string }) {
  const { t } = useWords();
  const { value, set, tried, self } = props;
  return (
    <>
      <TextInput
        type="date"
        label={t("tree.from")}
        description={t("tree.fromHint")}
        error={tried && value.from === "" ? t("tree.dateMissing") : null}
        value={value.from}
        onChange={(event) => set({ ...value, from: event.currentTarget.value })}
      />
      <TextInput
        label={t("tree.name")}
        error={tried && value.name.trim() === "" ? t("tree.nameMissing") : null}
        value={value.name}
        onChange={(event) => set({ ...value, name: event.currentTarget.value })}
        maxLength={200}
      />
      <TextInput
        label={t("tree.shortName")}
        value={value.short_name}
        onChange={(event) => set({ ...value, short_name: event.currentTarget.value })}
        maxLength={60}
      />
      <UnitPicker
        label={t("tree.parent")}
        none={t("tree.noParent")}
        value={value.parent_id}
        choose={(parent_id) => set({ ...value, parent_id })}
        date={value.from === "" ? null : value.from}
        without={self === undefined ? [] : [self]}
      />
    </>
  );
}

export function isLacking({ from, name }: Dated): boolean {
  return from === "" || name.trim() === "";
}

export function placeOf({ name, short_name, parent_id }: Dated): Place {
  return { name: name.trim(), short_name: short_name.trim(), parent_id };
}
