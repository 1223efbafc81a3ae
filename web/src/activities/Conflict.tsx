import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Activity, Task } from "../api/appraisal";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import classes from "./activities.module.css";
import { type Draft, draftOf, minutesOf, quantityOf } from "./draft";
import { useResult } from "./Facts";
import { StatusWord } from "./StatusWord";

interface Props {
  mine: Draft;
  present: Activity;
  tasks: readonly Task[];
  keepMine: () => void;
  asNew: () => void;
  keepPresent: () => void;
  back: () => void;
}

/** Two versions of one entry side by side, and which of them stays. */
export function Conflict({ mine, present, tasks, keepMine, asNew, keepPresent, back }: Props) {
  const { t } = useWords();
  const name = (id: string | null) => [...tasks, ...(present.task ? [present.task] : [])].find((one) => one.id === id);
  const left = useShown(mine, name(mine.task)?.name);
  const right = useShown(draftOf(present), present.task?.name);
  const box = useRef<HTMLElement>(null);
  // It takes the place of a long form: its beginning may be out of sight.
  useEffect(() => box.current?.focus(), []);
  const ended = present.status === "withdrawn" || present.status === "rejected";
  return (
    <section ref={box} tabIndex={-1} className={classes.conflict} aria-label={t("activity.conflict")} role="alert">
      <h3>{t("activity.conflict")}</h3>
      <p>{t("activity.conflictWhy")}</p>
      <div className={classes.versions}>
        <Version title={t("activity.mine")} shown={left} other={right} />
        <Version title={t("activity.present")} status={present.status} shown={right} other={left} />
      </div>
      <p>{t(ended ? "activity.conflictEnded" : "activity.conflictDo")}</p>
      <div className={classes.buttons}>
        {ended ? (
          <Button onClick={asNew}>{t("activity.asNew")}</Button>
        ) : (
          <Button onClick={keepMine}>{t("activity.keepMine")}</Button>
        )}
        <Button variant="default" onClick={keepPresent}>
          {t("activity.keepPresent")}
        </Button>
        {!ended && (
          <Button variant="subtle" onClick={back}>
            {t("activity.goOn")}
          </Button>
        )}
      </div>
    </section>
  );
}

type Shown = readonly (readonly ["what" | "length" | "taskShort" | "resultShort", string])[];

function Version(props: { title: string; status?: Activity["status"]; shown: Shown; other: Shown }) {
  const { t } = useWords();
  const { title, status, shown, other } = props;
  return (
    <section>
      <h4>
        {title} {status !== undefined && <StatusWord status={status} />}
      </h4>
      <dl>
        {shown.map(([field, text], i) => (
          <div key={field} data-differs={text !== other[i]?.[1] || undefined}>
            <dt>
              {t(`activity.${field}`)}
              {text !== other[i]?.[1] && <em> {t("activity.differs")}</em>}
            </dt>
            <dd>{text === "" ? "–" : text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useShown(draft: Draft, task = ""): Shown {
  const { t, language } = useWords();
  const result = useResult({ ...draft, quantity: quantityOf(draft.quantity) });
  const minutes = minutesOf(draft);
  const length = minutes === null ? "" : t("activity.minutes", { number: integer(minutes, language) });
  return [
    ["what", draft.what.trim()],
    ["length", draft.length === "span" ? `${draft.start}–${draft.end} (${length})` : length],
    ["taskShort", task],
    ["resultShort", result],
  ];
}
