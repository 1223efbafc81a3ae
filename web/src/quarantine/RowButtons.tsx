import { Button } from "@mantine/core";
import { useWords } from "../i18n";
import type { Action } from "./lines";
import classes from "./quarantine.module.css";

export function RowButtons(props: {
  actions: readonly Action[];
  choose: (action: Action) => void;
  active: Action | null;
}) {
  const { t } = useWords();
  const { actions, choose, active } = props;
  return (
    <span className={classes.buttons}>
      {actions.map((action) => (
        <Button
          key={action}
          variant={action === "dismiss" ? "default" : "filled"}
          aria-pressed={active === action}
          onClick={() => choose(action)}
        >
          {t(`quarantine.${action}`)}
        </Button>
      ))}
    </span>
  );
}
