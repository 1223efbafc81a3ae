import { Button, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  type PeriodCalendar as Calendar,
  closingKeys,
  periodCalendarQuery,
  type SentPeriodRule,
  savePeriodCalendar,
} from "../api/closings";
import { day } from "../format/time";
import { useWords } from "../i18n";
import own from "../schedules/schedules.module.css";
import { CommandForm } from "../states/CommandForm";
import { Failure } from "../states/Failure";
import { fieldErrors, Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";

const LAST_START = 28;

/** From when on periods begin on which day of the month; the agency adds rows, and takes away what nothing uses yet. */
export function PeriodCalendar({ writes }: { writes: boolean }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const found = useQuery(periodCalendarQuery());
  const removing = useMutation({
    mutationFn: ({ rows, version }: { rows: SentPeriodRule[]; version: number }) => savePeriodCalendar(rows, version),
    onSettled: () => client.invalidateQueries({ queryKey: closingKeys.all }),
  });
  const calendar = found.data;
  return (
    <section className={own.section}>
      <div className={own.line}>
        <h2>{t("periodCalendar.title")}</h2>
        {writes && calendar !== undefined && !adding && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t("periodCalendar.add")}
          </Button>
        )}
      </div>
      {calendar === undefined ? (
        found.error === null ? (
          <Waiting rows={2} />
        ) : (
          <Failure error={found.error} retry={found.refetch} />
        )
      ) : (
        <>
          {adding && <RuleForm calendar={calendar} close={() => setAdding(false)} />}
          <Refusal error={removing.error} />
          <ul className={own.dayList}>
            {calendar.rows.map((one, at) => (
              <li key={one.valid_from}>
                <span>
                  {t(one.start_day === 1 ? "periodCalendar.months" : "periodCalendar.from", {
                    start: one.start_day,
                    end: one.start_day - 1,
                  })}
                  {!one.shipped && `, ${t("periodCalendar.since", { day: day(one.valid_from, language) })}`}{" "}
                  <span className="quiet">· {one.source}</span>
                </span>
                {writes &&
                  at === calendar.rows.length - 1 &&
                  !one.shipped &&
                  (calendar.closed_until == null || calendar.closed_until < one.valid_from) && (
                    <Button
                      variant="subtle"
                      loading={removing.isPending}
                      onClick={() => removing.mutate({ rows: kept(calendar).slice(0, -1), version: calendar.version })}
                    >
                      {t("periodCalendar.remove")}
                    </Button>
                  )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function kept({ rows }: Calendar): SentPeriodRule[] {
  return rows
    .filter(({ shipped }) => !shipped)
    .map(({ valid_from, start_day, source }) => ({ valid_from, start_day, source }));
}

function RuleForm({ calendar, close }: { calendar: Calendar; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [since, setSince] = useState("");
  const [start, setStart] = useState<number | string>(26);
  const [source, setSource] = useState("");
  const rows = kept(calendar);
  const saving = useMutation({
    mutationFn: () =>
      savePeriodCalendar(
        [...rows, { valid_from: since, start_day: Number(start), source: source.trim() }],
        calendar.version,
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: closingKeys.all });
      close();
    },
  });
  const told = fieldErrors(saving.error);
  const field = `rows/${rows.length}/valid_from`;
  return (
    <CommandForm
      label={t("periodCalendar.add")}
      lacking={since === "" || start === "" || source.trim() === ""}
      command={saving}
      submit={t("periodCalendar.save")}
      close={close}
      told={[field]}
      fields={(tried) => (
        <div className={own.fields}>
          <TextInput
            type="date"
            label={t("periodCalendar.validFrom")}
            description={t("periodCalendar.validFromHint")}
            value={since}
            onChange={(event) => setSince(event.currentTarget.value)}
            error={(tried && since === "" ? t("tree.dateMissing") : null) ?? told[field] ?? null}
          />
          <NumberInput
            label={t("periodCalendar.startDay")}
            description={t("periodCalendar.startDayHint")}
            min={1}
            max={LAST_START}
            clampBehavior="strict"
            allowDecimal={false}
            value={start}
            onChange={setStart}
            error={tried && start === "" ? t("periodCalendar.startDayMissing") : null}
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
