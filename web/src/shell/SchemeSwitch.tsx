import { Button } from "@mantine/core";
import classes from "./shell.module.css";
import { useScheme } from "./useScheme";

export function SchemeSwitch() {
  const { change, word, label } = useScheme();
  return (
    <Button className={classes.roomy} variant="default" aria-label={label} onClick={change}>
      {word}
    </Button>
  );
}
