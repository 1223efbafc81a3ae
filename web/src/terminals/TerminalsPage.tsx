import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { devicesQuery } from "../api/queries";
import type { Devices } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { useLive } from "../live/useLive";
import { href, readDeviceState } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Banner } from "../states/Banner";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { orderOf } from "../tables/OrderChoice";
import { AttentionTable } from "./AttentionTable";
import { matching, sorted, TERMINAL_ORDERS } from "./attention";
import { TerminalFilters } from "./TerminalFilters";
import { TerminalGrid } from "./TerminalGrid";
import classes from "./terminals.module.css";

const WHOLE_FLEET = { unit: null, date: null };

/** The fleet: alarms first, then the rest as a grid. */
export function TerminalsPage() {
  const { t } = useWords();
  const devices = useQuery(devicesQuery());
  const { data } = devices;
  const start = data === undefined ? null : { date: "", position: data.freshness.position ?? null };
  const view = useLive(WHOLE_FLEET, start, false);
  const heading = useTitle(t("terminals.title"), "terminals", true);
  const { refetch } = devices;
  const counted = view.live.devices === null ? "" : JSON.stringify(view.live.devices);
  useEffect(() => {
    if (counted !== "") void refetch();
  }, [counted, refetch]);

  return (
    <div className={classes.page}>
      <Banner
        status={view.status}
        since={view.since}
        reconnect={view.reconnect}
        freshness={devices.data?.freshness ?? null}
        refreshFailed={devices.isRefetchError}
      />
      <h1 ref={heading} tabIndex={-1} className={classes.title}>
        {t("terminals.title")}
      </h1>
      {devices.data === undefined ? (
        devices.error !== null ? (
          <Failure error={devices.error} retry={devices.refetch} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : devices.data.items.length === 0 ? (
        <Notice title={t("terminals.emptyTitle")}>
          <p>{t("terminals.emptyText")}</p>
          <p>{t("terminals.emptyDo")}</p>
        </Notice>
      ) : (
        <>
          <TerminalFilters devices={devices.data.items} />
          <Fleet devices={devices.data} />
        </>
      )}
    </div>
  );
}

function Fleet({ devices }: { devices: Devices }) {
  const { t, language } = useWords();
  const { search, place, replace } = usePlace();
  const found = matching(devices.items, readDeviceState(search), place.q);
  const { attention, healthy, awaited } = sorted(found, orderOf(TERMINAL_ORDERS, place.order));
  const asOf = devices.freshness.as_of;
  if (found.length === 0) {
    return (
      <Notice
        small
        title={t("terminals.none")}
        actions={
          <Button variant="default" onClick={() => replace(href("/mesin", {}, search))}>
            {t("terminals.clear")}
          </Button>
        }
      />
    );
  }
  return (
    <>
      <section>
        <h2 className={classes.subtitle}>
          {t("terminals.attention")} <span className="quiet">{integer(attention.length, language)}</span>
        </h2>
        {attention.length === 0 ? (
          <p className="quiet">{t("terminals.attentionNone")}</p>
        ) : (
          <AttentionTable rows={attention} asOf={asOf} />
        )}
      </section>
      {[
        { title: t("terminals.healthy"), devices: healthy },
        { title: t("terminals.never_seen"), devices: awaited },
      ].map(
        ({ title, devices }) =>
          devices.length > 0 && (
            <section key={title}>
              <h2 className={classes.subtitle}>
                {title} <span className="quiet">{integer(devices.length, language)}</span>
              </h2>
              <TerminalGrid devices={devices} asOf={asOf} />
            </section>
          ),
      )}
    </>
  );
}
