import { useQuery } from "@tanstack/react-query";
import { heldSummaryQuery, pendingQuery } from "../api/attendance";
import { useWords } from "../i18n";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { HeldGroups } from "./HeldGroups";
import { PendingTerminals } from "./PendingTerminals";
import classes from "./quarantine.module.css";

/** What attendance could not place by itself: terminals nobody has approved, and lines that wait for a person. */
export function QuarantinePage() {
  const { t } = useWords();
  const pending = useQuery(pendingQuery());
  const held = useQuery(heldSummaryQuery());
  const heading = useTitle(t("quarantine.title"), "quarantine", true);
  const error = pending.error ?? held.error;
  const nothing = pending.data?.items.length === 0 && held.data?.groups.length === 0;
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("quarantine.title")}
      </h1>
      {pending.data === undefined || held.data === undefined ? (
        error !== null ? (
          <Failure
            error={error}
            retry={() => {
              void pending.refetch();
              void held.refetch();
            }}
          />
        ) : (
          <Waiting rows={6} height={28} />
        )
      ) : nothing ? (
        <Notice title={t("quarantine.empty")}>
          <p>{t("quarantine.emptyText")}</p>
        </Notice>
      ) : (
        <>
          <PendingTerminals terminals={pending.data.items} />
          <HeldGroups groups={held.data.groups} />
        </>
      )}
    </div>
  );
}
