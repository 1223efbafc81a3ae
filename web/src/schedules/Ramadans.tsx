import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { addRamadan, ramadansQuery, scheduleKeys } from "../api/schedules";
import { days } from "../format/time";
import { useWords } from "../i18n";
import classes from "../sites/sites.module.css";
import { CommandForm } from "../states/CommandForm";
import { fieldErrors } from "../states/Refusal";
import { RemoveRow } from "./RemoveRow";
import own from "./schedules.module.css";

/** The days of each Ramadan, by the decree that set them: patterns have hours of their own in it. */
export function Ramadans({ writes }: { writes: boolean }) {
  const { t, language } = useWords();
  const found = useQuery(ramadansQuery());
  const [adding, setAdding] = useState(false);
  return (
    <section className={own.section}>
      <div className={own.line}>
        <h2>{t("holidays.ramadan")}</h2>
        {writes && !adding && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t("holidays.newRamadan")}
          </Button>
        )}
      </div>
      {adding && <RamadanForm close={() => setAdding(false)} />}
      {found.data?.length === 0 && <p className="quiet">{t("holidays.noRamadan")}</p>}
      <ul className={own.dayList}>
        {found.data?.map((one) => (
          <li key={one.id}>
            <span>
              {days(one.first, one.last, language)} <span className="quiet">· {one.source}</span>
            </span>
            {writes && <RemoveRow plural="ramadans" row={one} name={days(one.first, one.last, language)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RamadanForm({ close }: { close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [source, setSource] = useState("");
  const key = useRef(crypto.randomUUID());
  const adding = useMutation({
    mutationFn: () => addRamadan({ first, last, source: source.trim() }, key.current),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: scheduleKeys.all });
      close();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID();
    },
  });
  const told = fieldErrors(adding.error);
  const missing = (value: string, tried: boolean) => (tried && value === "" ? t("tree.dateMissing") : null);
  return (
    <CommandForm
      label={t("holidays.newRamadan")}
      lacking={first === "" || last === "" || source.trim() === ""}
      command={adding}
      submit={t("holidays.addRamadan")}
      close={close}
      told={["first"]}
      fields={(tried) => (
        <div className={own.fields}>
          <div className={classes.pair}>
            <TextInput
              type="date"
              label={t("holidays.first")}
              value={first}
              onChange={(event) => setFirst(event.currentTarget.value)}
              error={missing(first, tried) ?? told.first ?? null}
            />
            <TextInput
              type="date"
              label={t("holidays.last")}
              value={last}
              onChange={(event) => setLast(event.currentTarget.value)}
              error={missing(last, tried)}
            />
          </div>
          <TextInput
            label={t("schedules.source")}
            description={t("holidays.sourceHint")}
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
