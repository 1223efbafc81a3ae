import { TextInput } from "@mantine/core";
import { useWords } from "../i18n";

/** A date a command needs. `told` is what the service says of it. */
export function DateField(props: {
  label: string;
  value: string;
  change: (value: string) => void;
  tried: boolean;
  told: string | undefined;
}) {
  const { t } = useWords();
  const { label, value, change, tried, told } = props;
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      error={tried && value === "" ? t("leave.missing") : (told ?? null)}
    />
  );
}
