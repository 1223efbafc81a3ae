import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { OUTAGE_STATES, type OutageState, outagesQuery } from "../api/outages";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import classes from "./outages.module.css";
import { TellForm } from "./TellForm";
import { useOutageWords } from "./useOutageWords";

const PAGE = 25;
const MOST = 100;

/** Outages of terminals, sites and the system, and what of them waits for a decision. */
export function OutagesPage() {
  const { t } = useWords();
  const { person } = usePerson();
  const words = useOutageWords();
  const [state, setState] = useState<OutageState>("open");
  const [limit, setLimit] = useState(PAGE);
  const [telling, setTelling] = useState(false);
  const found = useQuery(outagesQuery(state, limit));
  const heading = useTitle(t("outage.title"), "outages", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("outage.title")}
      </h1>
      <p className="quiet">{t("outage.why")}</p>
      <div className={classes.top}>
        <NativeSelect
          label={t("outage.which")}
          value={state}
          onChange={(event) => setState(OUTAGE_STATES.find((one) => one === event.currentTarget.value) ?? "open")}
          data={OUTAGE_STATES.map((one) => ({ value: one, label: t(`outage.${one}`) }))}
        />
        {person.roles.includes("bkpsdm") && !telling && (
          <Button variant="default" onClick={() => setTelling(true)}>
            {t("outage.tell")}
          </Button>
        )}
      </div>
      {telling && <TellForm close={() => setTelling(false)} />}
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={6} height={40} />
        )
      ) : found.data.items.length === 0 ? (
        <Notice title={t("outage.none")}>
          <p>{t("outage.noneText")}</p>
        </Notice>
      ) : (
        <>
          <ul className={classes.list} aria-busy={found.isPlaceholderData}>
            {found.data.items.map((outage) => (
              <li key={outage.id} data-outage={outage.id}>
                <h2>
                  <Link href={`/gangguan/${encodeURIComponent(outage.id)}`}>
                    {words.where(outage)}, {words.period(outage)}
                  </Link>
                </h2>
                <p className="quiet">{t(`outageSignal.${outage.signal}`)}</p>
                <p>
                  {outage.pending_days > 0 ? <strong>{words.waiting(outage)}</strong> : words.waiting(outage)}{" "}
                  {outage.excused + outage.refused > 0 && (
                    <span className="quiet">
                      {t("outage.decidedCount", {
                        excused: words.number(outage.excused),
                        refused: words.number(outage.refused),
                      })}
                    </span>
                  )}
                </p>
              </li>
            ))}
          </ul>
          {found.data.next_cursor !== null && limit < MOST && (
            <Button variant="default" loading={found.isPlaceholderData} onClick={() => setLimit(limit + PAGE)}>
              {t("outage.more")}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
