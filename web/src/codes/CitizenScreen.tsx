import { Button, Drawer } from "@mantine/core";
import type { IssuedCode } from "../api/feedback";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import classes from "./codes.module.css";
import { ShownCode } from "./ShownCode";

/** What a screen turned to the citizen shows: the service, the picture and the code, large, and nothing of the app. */
export function CitizenScreen(props: {
  code: IssuedCode;
  opened: boolean;
  close: () => void;
  next: () => void;
  asking: boolean;
  error: Error | null;
}) {
  const { t } = useWords();
  const { code, opened, close, next, asking, error } = props;
  return (
    <Drawer.Root opened={opened} onClose={close} size="100%" transitionProps={{ duration: 0 }}>
      <Drawer.Content>
        <Drawer.Body className={classes.turned}>
          <div>
            <Drawer.Title className={classes.service}>{code.service}</Drawer.Title>
            {code.counter && <p>{code.counter}</p>}
          </div>
          <p>{t("codes.say", { address: `${location.host}/nilai` })}</p>
          <ShownCode code={code} />
          <Refusal error={error} />
          <div className={classes.buttons}>
            <Button variant="default" loading={asking} onClick={next}>
              {t("codes.next")}
            </Button>
            <Button variant="default" onClick={close}>
              {t("codes.turnBack")}
            </Button>
          </div>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
