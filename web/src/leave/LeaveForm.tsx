import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { addLetter, kindsQuery, type Leave, leaveKeys, type NewLeave, previewQuery } from "../api/leave";
import { attached } from "../evidence/attach";
import { ChooseFiles } from "../evidence/ChooseFiles";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { fieldErrors } from "../states/Refusal";
import { contentOf, type Draft, FIELDS, lacking, takesLetters } from "./draft";
import { LeaveFields } from "./LeaveFields";
import classes from "./leave.module.css";
import { PreviewLine } from "./PreviewLine";

const PAUSE = 250;
/** What is said at once, before anybody tries to send: the rest may not have been written yet. */
const AT_ONCE = ["kind", "first", "last", "part", "since", "until"];

/** A request, with what it will cost before it is sent. `change` is the one that is being changed; it has its files
 * already, and a new one takes them with it. */
export function LeaveForm(props: {
  employeeId: string;
  today: string;
  begin: Draft;
  label: string;
  submit: string;
  send: (body: NewLeave, key: string) => Promise<Leave>;
  sent: (leave: Leave, unsent: Error | null) => void;
  change?: string;
  /** It was decided on paper: the number of the letter is always asked for. */
  paper?: boolean;
  close?: () => void;
}) {
  const { t } = useWords();
  const client = useQueryClient();
  const { employeeId, today, label, submit, send, sent, change, paper = false, close } = props;
  const [draft, setDraft] = useState(props.begin);
  const [files, setFiles] = useState<File[]>([]);
  const key = useRef(crypto.randomUUID());
  const kinds = useQuery(kindsQuery(employeeId, draft.first === "" ? today : draft.first));
  const body = contentOf(draft);
  const kind = kinds.data?.items.find((one) => one.kind === draft.kind);
  const takes = change === undefined && (paper || (kind !== undefined && takesLetters(kind)));
  const [asked] = useDebouncedValue(body === null ? null : JSON.stringify(body), PAUSE);
  const preview = useQuery({
    ...previewQuery(employeeId, asked === null ? ({} as NewLeave) : JSON.parse(asked), change ?? null),
    enabled: asked !== null && body !== null,
  });
  const saving = useMutation({
    mutationFn: async () => {
      if (body === null) throw new Error("nothing to send");
      return attached(await send(body, key.current), takes ? files : [], addLetter);
    },
    onSuccess: async ({ row, unsent }) => {
      key.current = crypto.randomUUID();
      setDraft(props.begin);
      setFiles([]);
      await client.invalidateQueries({ queryKey: leaveKeys.own(employeeId) });
      sent(row, unsent);
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID(); // what is mended is another command
    },
  });
  const shown = body === null ? undefined : preview.data;
  const foreseen = Object.fromEntries(
    (shown?.wrong ?? [])
      .filter(({ field }) => AT_ONCE.includes(field))
      .map(({ field, detail }) => [field, sentence(detail)]),
  );
  if (kinds.data === undefined)
    return kinds.error === null ? null : <Failure error={kinds.error} retry={kinds.refetch} />;
  if (kinds.data.items.length === 0 && draft.first === "") {
    return (
      <Notice small title={t("leave.noKinds")}>
        <p>{t("leave.noKindsText")}</p>
      </Notice>
    );
  }
  return (
    <CommandForm
      label={label}
      lacking={lacking(draft).length > 0 || (paper && draft.letter.trim() === "")}
      command={saving}
      submit={submit}
      {...(close !== undefined && { close })}
      told={FIELDS}
      fields={(tried) => (
        <>
          <LeaveFields
            draft={draft}
            set={(next) => {
              saving.reset();
              setDraft(next);
            }}
            kinds={kinds.data.items}
            tried={tried}
            told={{ ...foreseen, ...fieldErrors(saving.error) }}
            needs={shown?.letter ?? null}
            paper={paper}
          />
          {takes && (
            <fieldset className={classes.letters}>
              <legend>{t("leave.letters")}</legend>
              <p className="quiet">{t("leave.lettersHint")}</p>
              <ChooseFiles files={files} set={setFiles} />
            </fieldset>
          )}
          {shown !== undefined && <PreviewLine preview={shown} year={draft.first.slice(0, 4)} />}
        </>
      )}
    />
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.?$/, ".")}`;
}
