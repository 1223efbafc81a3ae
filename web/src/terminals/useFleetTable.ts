import type { Device } from "../api/types";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { instantCells, type Table } from "../tables/csv";
import { causesOf } from "./attention";

const HEAD = [
  ...(["name", "serial", "site", "state", "cause", "seen", "zone", "punch", "zone"] as const),
  ...(["drift_seconds", "stored_count", "held_count", "quarantine"] as const),
];

/** The fleet as a table to take away, with numbers and instants as a spreadsheet counts them. */
export function useFleetTable(): (devices: readonly Device[]) => Table {
  const { t } = useWords();
  const { zone } = useAgency();
  return (devices) => ({
    head: HEAD.map((column) => t(`terminals.${column}`)),
    rows: devices.map((device) => [
      device.name,
      device.serial,
      device.site?.name,
      t(`terminals.${device.state}`),
      causesOf(device)
        .map((cause) => t(`alert.${cause}`))
        .join(", "),
      ...instantCells(device.last_seen, zone),
      ...instantCells(device.last_punch_at, device.site?.zone ?? zone),
      device.drift_seconds,
      device.stored,
      device.held,
      device.quarantined,
    ]),
  });
}
