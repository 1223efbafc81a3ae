import { Button } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../i18n";
import { Refusal } from "./Refusal";
import classes from "./states.module.css";

/**
 * The form of one command: fields that say what they lack once it was tried, why it was not done, and two buttons.
 * `lacking` keeps it from being sent; `fields` draws the fields, those `told` with what the service says of them. A
 * form that is always there has no `close`.
 */
export function CommandForm(props: {
  label?: string;
  lacking: boolean;
  command: { mutate: () => void; isPending: boolean; error: Error | null };
  submit: string;
  close?: () => void;
  told?: readonly string[];
  fields: (tried: boolean) => React.ReactNode;
}) {
  const { t } = useWords();
  const [tried, setTried] = useState(false);
  const { label, lacking, command, submit, close, told, fields } = props;
  return (
    <form
      aria-label={label}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!lacking) command.mutate();
      }}
    >
      {fields(tried)}
      <Refusal error={command.error} told={told} />
      <div className={classes.buttons}>
        <Button type="submit" loading={command.isPending}>
          {submit}
        </Button>
        {close !== undefined && (
          <Button variant="default" onClick={close}>
            {t("form.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}
