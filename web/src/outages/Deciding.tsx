import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { type Case, decideOutage, type Outage, type OutageOutcome, outageKeys } from "../api/outages";
import { useWords } from "../i18n";
import { WordsForm } from "../states/WordsForm";
import classes from "./outages.module.css";
import { useOutageWords } from "./useOutageWords";

/** Excuse or refuse those chosen, or all that wait; the reason is asked for, and how many it is said, before it is done. */
export function Deciding(props: { outage: Outage; chosen: readonly Case[]; done: () => void; running: boolean }) {
  const { t } = useWords();
  const { number } = useOutageWords();
  const { outage, chosen, done, running } = props;
  const [asking, setAsking] = useState<OutageOutcome | null>(null);
  const key = useRef(crypto.randomUUID());
  const many = { number: number(chosen.length > 0 ? chosen.length : outage.pending_days) };
  const excuse = t(chosen.length > 0 ? "outage.excuseSome" : "outage.excuseAll", many);
  const refuse = t(chosen.length > 0 ? "outage.refuseSome" : "outage.refuseAll", many);
  if (asking !== null) {
    const title = asking === "excused" ? excuse : refuse;
    return (
      <WordsForm
        title={title}
        heading
        label={t("outage.note")}
        hint={`${t("outage.confirm", many)} ${t(asking === "excused" ? "outage.excuseHint" : "outage.refuseHint")}`}
        submit={title}
        send={async (words) => {
          try {
            await decideOutage(outage, asking, words, chosen.length > 0 ? chosen : null, key.current);
          } finally {
            key.current = crypto.randomUUID();
          }
          done();
        }}
        changed={[outageKeys.all]}
        close={() => setAsking(null)}
      />
    );
  }
  return (
    <div className={classes.buttons}>
      <Button disabled={running} onClick={() => setAsking("excused")}>
        {excuse}
      </Button>
      <Button variant="default" disabled={running} onClick={() => setAsking("refused")}>
        {refuse}
      </Button>
    </div>
  );
}
