import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Device, DeviceState } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { href, readDeviceState } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { Glyph } from "../states/Glyph";
import { SHAPE } from "./attention";
import classes from "./terminals.module.css";

const STATES: readonly DeviceState[] = ["live", "silent", "pending", "never_seen"];

/** The count of each state is its filter. */
export function TerminalFilters({ devices }: { devices: readonly Device[] }) {
  const { t, language } = useWords();
  const { search, place, replace } = usePlace();
  const state = readDeviceState(search);
  const [typed, setTyped] = useState(place.q);
  const count = (of: DeviceState) => integer(devices.filter((one) => one.state === of).length, language);
  const type = (q: string) => {
    setTyped(q);
    replace(href("/mesin", { state, q }, search));
  };
  return (
    <div className={classes.filters}>
      <nav className={classes.states} aria-label={t("terminals.filter")}>
        <Link href={href("/mesin", { q: place.q }, search)} replace aria-current={state === null ? "true" : undefined}>
          {t("terminals.all")} <strong>{integer(devices.length, language)}</strong>
        </Link>
        {STATES.map((one) => (
          <Link
            key={one}
            href={href("/mesin", { state: one, q: place.q }, search)}
            replace
            aria-current={state === one ? "true" : undefined}
          >
            <Glyph shape={SHAPE[one]} /> {t(`terminals.${one}`)} <strong>{count(one)}</strong>
          </Link>
        ))}
      </nav>
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t("terminals.search")}
        placeholder={t("terminals.searchHint")}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
    </div>
  );
}
