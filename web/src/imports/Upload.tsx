import { Button, FileInput, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { checkFile, directoryKeys } from "../api/directory";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { Refusal } from "../states/Refusal";
import classes from "./imports.module.css";
import { IMPORTS, isText, refused } from "./rules";

type Encoding = "utf-8" | "cp1252";

/** One file, sent to be checked. The page of its import then follows it. */
export function Upload() {
  const { t } = useWords();
  const client = useQueryClient();
  const { search, navigate } = usePlace();
  const [file, setFile] = useState<File | null>(null);
  const [encoding, setEncoding] = useState<Encoding>("utf-8");
  const [tried, setTried] = useState(false);
  // The same choice sent again (a lost answer) is the same command.
  const key = useRef(crypto.randomUUID());
  const wrong = file === null ? (tried ? "missing" : null) : refused(file);
  const sending = useMutation({
    mutationFn: (chosen: File) =>
      checkFile(chosen, encoding === "cp1252" && isText(chosen.name) ? encoding : null, key.current),
    onSuccess: (found) => {
      void client.invalidateQueries({ queryKey: directoryKeys.imports });
      navigate(href(`${IMPORTS}/${found.id}`, {}, search));
    },
  });
  const anew = () => {
    key.current = crypto.randomUUID();
    sending.reset();
  };
  return (
    <form
      aria-label={t("imports.check")}
      className={classes.upload}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (file !== null && wrong === null) sending.mutate(file);
      }}
    >
      <FileInput
        label={t("imports.choose")}
        description={t("imports.chooseHint")}
        placeholder={t("imports.noFile")}
        accept=".xlsx,.csv,.zip"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          anew();
        }}
        error={wrong === null ? null : t(`importRefused.${wrong}`)}
        clearable
        clearButtonProps={{ "aria-label": t("imports.unchoose") }}
      />
      {file !== null && isText(file.name) && (
        <Select
          label={t("imports.encoding")}
          description={t("imports.encodingHint")}
          data={[
            { value: "utf-8", label: t("imports.unicode") },
            { value: "cp1252", label: t("imports.windows") },
          ]}
          value={encoding}
          onChange={(chosen) => {
            setEncoding(chosen === "cp1252" ? "cp1252" : "utf-8");
            anew();
          }}
          allowDeselect={false}
        />
      )}
      <Refusal error={sending.error} />
      <Button type="submit" loading={sending.isPending} className={classes.start}>
        {t("imports.check")}
      </Button>
    </form>
  );
}
