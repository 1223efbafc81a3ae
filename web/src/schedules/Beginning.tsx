import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { addBeginning, beginningsQuery, scheduleKeys } from "../api/schedules";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { CommandForm } from "../states/CommandForm";
import { Notice } from "../states/Notice";
import { fieldErrors } from "../states/Refusal";
import { RemoveRow } from "./RemoveRow";
import own from "./schedules.module.css";

/** From when on days are assessed, by the agency's decree. Before it, and without any, nobody is late or absent. */
export function Beginning({ writes }: { writes: boolean }) {
  const { t, language } = useWords();
  const found = useQuery(beginningsQuery());
  const [adding, setAdding] = useState(false);
  if (found.data === undefined) return null;
  return (
    <section className={own.section}>
      <div className={own.line}>
        <h2>{t("beginning.title")}</h2>
        {writes && !adding && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t("beginning.set")}
          </Button>
        )}
      </div>
      {adding && <BeginningForm close={() => setAdding(false)} />}
      {found.data.length === 0 && (
        <Notice title={t("beginning.none")}>
          <p>{t("beginning.noneText")}</p>
        </Notice>
      )}
      <ul className={own.dayList}>
        {found.data.map((one) => (
          <li key={one.id}>
            <span>
              {t("beginning.since", { day: day(one.day, language) })} <span className="quiet">· {one.source}</span>
            </span>
            {writes && <RemoveRow plural="beginnings" row={one} name={day(one.day, language)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function BeginningForm({ close }: { close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [since, setSince] = useState("");
  const [source, setSource] = useState("");
  const key = useRef(crypto.randomUUID());
  const adding = useMutation({
    mutationFn: () => addBeginning({ day: since, source: source.trim() }, key.current),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: scheduleKeys.all });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID();
    },
  });
  const told = fieldErrors(adding.error);
  return (
    <CommandForm
      label={t("beginning.set")}
      lacking={since === "" || source.trim() === ""}
      command={adding}
      submit={t("beginning.save")}
      close={close}
      told={["day"]}
      fields={(tried) => (
        <div className={own.fields}>
          <TextInput
            type="date"
            label={t("beginning.day")}
            description={t("beginning.dayHint")}
            value={since}
            onChange={(event) => setSince(event.currentTarget.value)}
            error={(tried && since === "" ? t("tree.dateMissing") : null) ?? told.day ?? null}
          />
          <TextInput
            label={t("schedules.source")}
            description={t("schedules.sourceHint")}
            maxLength={200}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
            error={tried && source.trim() === "" ? t("schedules.sourceMissing") : null}
          />
        </div>
      )}
    />
  );
}
