import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Device, DeviceState } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { href, readDeviceState } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { Glyph } from "../states/Glyph";
import { OrderChoice, orderOf } from "../tables/OrderChoice";
import { TakeAway } from "../tables/TakeAway";
import { matching, SHAPE, sorted, TERMINAL_ORDERS } from "./attention";
import classes from "./terminals.module.css";
import { useFleetTable } from "./useFleetTable";

const STATES: readonly DeviceState[] = ["live", "silent", "pending", "never_seen"];

/** The count of each state is its filter. */
export function TerminalFilters({ devices }: { devices: readonly Device[] }) {
  const { t, language } = useWords();
  const { search, place, replace } = usePlace();
  const { order } = place;
  const shown = orderOf(TERMINAL_ORDERS, order);
  const state = readDeviceState(search);
  const [typed, setTyped] = useState(place.q);
  const count = (of: DeviceState) => integer(devices.filter((one) => one.state === of).length, language);
  const type = (q: string) => {
    setTyped(q);
    replace(href("/mesin", { state, q, order }, search));
  };
  const tableOf = useFleetTable();
  const table = () => {
    const { attention, healthy, awaited } = sorted(matching(devices, state, place.q), shown);
    return tableOf([...attention.map(({ device }) => device), ...healthy, ...awaited]);
  };
  return (
    <div className={classes.filters}>
      <nav className={classes.states} aria-label={t("terminals.filter")}>
        <Link
          href={href("/mesin", { q: place.q, order }, search)}
          replace
          aria-current={state === null ? "true" : undefined}
        >
          {t("terminals.all")} <strong>{integer(devices.length, language)}</strong>
        </Link>
        {STATES.map((one) => (
          <Link
            key={one}
            href={href("/mesin", { state: one, q: place.q, order }, search)}
            replace
            aria-current={state === one ? "true" : undefined}
          >
            <Glyph shape={SHAPE[one]} /> {t(`terminals.${one}`)} <strong>{count(one)}</strong>
          </Link>
        ))}
      </nav>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          type="search"
          aria-label={t("terminals.search")}
          placeholder={t("terminals.searchHint")}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <OrderChoice
          bare
          orders={TERMINAL_ORDERS}
          value={shown}
          words={(one) => t(`tables.orders.${one}`)}
          choose={(one) => replace(href("/mesin", { state, q: place.q, order: one }, search))}
        />
        <TakeAway title={t("terminals.title")} file={t("terminals.file")} table={table} />
      </div>
    </div>
  );
}
