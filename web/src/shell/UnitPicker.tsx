import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { unitsQuery } from "../api/directory";
import { unitChoices } from "../directory/records";
import { useWords } from "../i18n";

/** "None" is a choice like any other, within reach of the keyboard. */
const NONE = "";

/** One unit of the tree, found by part of its name. `none` is what an empty choice means, where that is allowed. */
export function UnitPicker(props: {
  label: string;
  none: string;
  value: string | null;
  choose: (unit: string | null) => void;
  /** The tree of this day; null: today's. */
  date?: string | null;
  /** Units that cannot be chosen. */
  without?: readonly string[];
  description?: string;
  error?: string | null;
  className?: string | undefined;
}) {
  const { t } = useWords();
  const { label, none, value, choose, date = null, without = [], description, error, className } = props;
  const units = useQuery(unitsQuery(date));
  const choices = unitChoices((units.data?.items ?? []).filter(({ id }) => !without.includes(id)));
  const depths = new Map(choices.map((one) => [one.value, one.depth]));
  const past = value !== null && units.data !== undefined && !units.data.items.some(({ id }) => id === value);
  const chosen = past ? [{ value, label: t("employees.pastUnit") }] : [];
  return (
    <Select
      className={className}
      label={label}
      description={description}
      data={[{ value: NONE, label: none }, ...chosen, ...choices]}
      value={value ?? NONE}
      onChange={(now) => choose(now === NONE ? null : now)}
      error={error}
      renderOption={({ option }) => (
        <span style={{ paddingInlineStart: 16 * (depths.get(option.value) ?? 0) }}>{option.label}</span>
      )}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t("employees.noUnit")}
    />
  );
}
