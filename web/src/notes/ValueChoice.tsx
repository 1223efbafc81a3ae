import { Button } from "@mantine/core";
import type { Value } from "../api/notes";
import { useWords } from "../i18n";
import classes from "./notes.module.css";
import { VALUES } from "./values";

/** The seven core values; a press sends. `sending` is the one on its way. */
export function ValueChoice(props: { label: string; sending: Value | null; choose: (value: Value) => void }) {
  const { t } = useWords();
  const { label, sending, choose } = props;
  return (
    <ul className={classes.values} aria-label={label}>
      {VALUES.map((value) => (
        <li key={value}>
          <Button
            variant="default"
            fullWidth
            loading={sending === value}
            disabled={sending !== null && sending !== value}
            classNames={{ root: classes.value ?? "", inner: classes.valueInner ?? "", label: classes.valueLabel ?? "" }}
            onClick={() => choose(value)}
          >
            <strong>{t(`noteValue.${value}`)}</strong> <span className="quiet">{t(`noteValueHint.${value}`)}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
