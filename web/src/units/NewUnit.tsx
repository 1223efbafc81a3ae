import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "wouter";
import { isRefused } from "../api/client";
import { createUnit, directoryKeys } from "../api/directory";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { type Dated, isLacking, placeOf, UnitFields } from "./UnitFields";
import classes from "./units.module.css";

export function NewUnit(props: {
  today: string;
  made: (id: string) => void;
  close: () => void;
  back: string;
  heading: React.Ref<HTMLHeadingElement>;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  const { today, made, close, back, heading } = props;
  const [code, setCode] = useState("");
  const [value, setValue] = useState<Dated>({ from: today, name: "", short_name: "", parent_id: null });
  const key = useRef(crypto.randomUUID());
  const saving = useMutation({
    mutationFn: () => {
      const version = { ...placeOf(value), valid_from: value.from, valid_to: null };
      return createUnit({ code: code.trim(), versions: [version] }, key.current);
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: directoryKeys.units });
      made(id);
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID(); // what is mended is another command
    },
  });
  const nameless = code.trim() === "";
  return (
    <>
      <p className={classes.back}>
        <Link href={back}>{t("tree.back")}</Link>
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {t("tree.new")}
      </h2>
      <CommandForm
        label={t("tree.new")}
        lacking={nameless || isLacking(value)}
        command={saving}
        submit={t("tree.create")}
        close={close}
        fields={(tried) => (
          <>
            <TextInput
              label={t("tree.codeLabel")}
              description={t("tree.codeHint")}
              error={tried && nameless ? t("tree.codeMissing") : null}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              maxLength={40}
            />
            <UnitFields value={value} set={setValue} tried={tried} />
          </>
        )}
      />
    </>
  );
}
