import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type OwnService, ownServicesQuery } from "../api/feedback";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { NotFound } from "../shell/NotFound";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { ChooseCounter } from "./ChooseCounter";
import classes from "./codes.module.css";
import { type Counter, keepCounter, keptCounter } from "./counterKept";
import { NextCode } from "./NextCode";

/** Where an officer makes a code for somebody just served, and shows it. Whether one was used is never shown. */
export function CodePage() {
  const { t } = useWords();
  const { person } = usePerson();
  const heading = useTitle(t("codes.title"), "codes", true);
  if (person.employeeId === null) return <NotFound />;
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("codes.title")}
      </h1>
      <p className="quiet">{t("codes.why")}</p>
      <Counters employeeId={person.employeeId} />
    </div>
  );
}

function Counters({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const today = useToday();
  const { data, error, refetch } = useQuery(ownServicesQuery(employeeId, today));
  const [kept, setKept] = useState(keptCounter);
  const [choosing, setChoosing] = useState(false);
  if (data === undefined) {
    return error === null ? <Waiting rows={4} height={40} /> : <Failure top error={error} retry={refetch} />;
  }
  const given = data.items;
  if (given.length === 0) {
    return (
      <Notice title={t("codes.noneTitle")}>
        <p>{t("codes.noneText")}</p>
      </Notice>
    );
  }
  const chosen = chosenOf(kept, given);
  if (choosing || chosen === null) {
    return (
      <ChooseCounter
        services={given}
        chosen={chosen}
        choose={(one) => {
          keepCounter(one);
          setKept(one);
          setChoosing(false);
        }}
        close={chosen === null ? null : () => setChoosing(false)}
      />
    );
  }
  const service = given.find(({ id }) => id === chosen.service_id);
  return (
    <>
      <div className={classes.counter}>
        <p>
          <strong>{service?.name}</strong>
          <span>{service?.unit}</span>
          {chosen.counter !== "" && <span>{chosen.counter}</span>}
        </p>
        {(given.length > 1 || (service?.counters ?? []).length > 0) && (
          <Button variant="default" onClick={() => setChoosing(true)}>
            {t("codes.change")}
          </Button>
        )}
      </div>
      <NextCode key={`${chosen.service_id} ${chosen.counter}`} employeeId={employeeId} counter={chosen} />
    </>
  );
}

/** What was kept, where it is still given; the only one where there is no choice. */
function chosenOf(kept: Counter | null, given: readonly OwnService[]): Counter | null {
  const service = given.find(({ id }) => id === kept?.service_id);
  const known = kept?.counter === "" || (service?.counters ?? []).includes(kept?.counter ?? "");
  if (kept !== null && service !== undefined && known) return kept;
  const [only] = given;
  if (given.length > 1 || only === undefined || (only.counters ?? []).length > 0) return null;
  return { service_id: only.id, counter: "" };
}
