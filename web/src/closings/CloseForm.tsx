import { Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ApiError, isRefused } from "../api/client";
import { type ClosingPreview, closePeriod, closingKeys, type Period, previewQuery } from "../api/closings";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { Failure } from "../states/Failure";
import { fieldErrors } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import classes from "./closings.module.css";
import { OpenThings } from "./OpenThings";

const LEAST = 5;

/** Closing, after what is still open has been named. */
export function CloseForm({ period, name, close }: { period: Period; name: string; close: () => void }) {
  const found = useQuery(previewQuery(period.first));
  if (found.data !== undefined) return <Confirm preview={found.data} name={name} close={close} />;
  if (found.error !== null) return <Failure error={found.error} retry={found.refetch} />;
  return <Waiting rows={4} />;
}

function Confirm({ preview, name, close }: { preview: ClosingPreview; name: string; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [words, setWords] = useState("");
  const key = useRef(crypto.randomUUID());
  const { counts } = preview;
  const open = Object.values(counts).some((one) => one > 0);
  const short = open && words.trim().length < LEAST;
  const closing = useMutation({
    mutationFn: () => {
      const said = words.trim() === "" ? null : words.trim();
      return closePeriod({ first: preview.first, seen: counts, words: said }, key.current);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: closingKeys.all });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID();
      if (error instanceof ApiError && error.problem?.status === 409) {
        void client.invalidateQueries({ queryKey: [...closingKeys.all, "preview"] });
      }
    },
  });
  return (
    <div className={classes.confirm}>
      <OpenThings preview={preview} />
      <CommandForm
        label={`${t("closings.close")}: ${name}`}
        lacking={short}
        command={closing}
        submit={t("closings.confirm")}
        close={close}
        told={["words"]}
        fields={(tried) => (
          <>
            <p>{t("closings.consequence")}</p>
            <Textarea
              label={t(open ? "closings.words" : "closings.note")}
              description={t(open ? "closings.wordsHint" : "closings.noteHint")}
              maxLength={200}
              autosize
              minRows={1}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
              error={(tried && short ? t("form.tooShort") : null) ?? fieldErrors(closing.error).words ?? null}
            />
          </>
        )}
      />
    </div>
  );
}
