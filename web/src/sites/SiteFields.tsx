import { Select, TextInput, type TextInputProps } from "@mantine/core";
import { zoneName } from "../format/time";
import { useWords } from "../i18n";
import { ZONES } from "./place";
import classes from "./sites.module.css";

/** What stands in the fields. */
export interface Typed {
  code: string;
  name: string;
  zone: string;
  from: string;
  to: string;
  point: string;
  radius: string;
}

type Lacking = Partial<Record<keyof Typed, boolean>>;

/** Without `set` the fields are read only. */
export function SiteFields(props: {
  value: Typed;
  set?: (value: Typed) => void;
  lacking: Lacking | null;
  existing: boolean;
}) {
  const { t } = useWords();
  const { value, set, lacking, existing } = props;
  const now = new Date().toISOString();
  const zones = ZONES.includes(value.zone) ? ZONES : [...ZONES, value.zone];
  const field = (name: keyof Typed, error: string): TextInputProps => ({
    value: value[name],
    error: lacking?.[name] ? error : null,
    readOnly: set === undefined,
    onChange: (event) => set?.({ ...value, [name]: event.currentTarget.value }),
  });
  return (
    <div className={classes.fields}>
      <TextInput label={t("sites.name")} maxLength={200} {...field("name", t("sites.nameMissing"))} />
      <TextInput
        label={t("sites.code")}
        description={t("sites.codeHint")}
        maxLength={40}
        {...field("code", t("sites.codeMissing"))}
        readOnly={existing || set === undefined}
      />
      <Select
        label={t("sites.zone")}
        description={t("sites.zoneHint")}
        data={zones.map((zone) => ({ value: zone, label: `${zoneName(zone, now)} (${zone})` }))}
        value={value.zone}
        onChange={(zone) => set?.({ ...value, zone: zone ?? value.zone })}
        allowDeselect={false}
        readOnly={set === undefined}
      />
      <div className={classes.pair}>
        <TextInput type="date" label={t("sites.from")} {...field("from", t("tree.dateMissing"))} />
        <TextInput type="date" label={t("sites.until")} description={null} {...field("to", "")} />
      </div>
      <TextInput
        label={t("sites.point")}
        description={t("sites.pointHint")}
        placeholder="-3.695, 128.1814"
        {...field("point", t("sites.pointWrong"))}
      />
      <TextInput
        label={t("sites.radius")}
        description={t("sites.radiusHint")}
        inputMode="numeric"
        {...field("radius", t("sites.radiusWrong"))}
      />
    </div>
  );
}
