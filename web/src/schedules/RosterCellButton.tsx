import { UnstyledButton } from "@mantine/core";
import type { RosterCell } from "../api/schedules";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { span, wall } from "./hours";
import { wanted as inWords, planned, type Wanted } from "./roster";
import classes from "./schedules.module.css";

/** One date of one person: what is planned, or what it is to become. Pressing it fills it. */
export function RosterCellButton(props: {
  name: string;
  cell: RosterCell;
  pending: Wanted | undefined;
  wrong: string | null;
  editable: boolean;
  /** In full words instead of two short lines. */
  wide?: boolean;
  paint: () => void;
}) {
  const { t, language } = useWords();
  const { name, cell, pending, wrong, editable, wide = false, paint } = props;
  const kind = pending === undefined ? cell.kind : pending === null ? "pattern" : pending.length === 0 ? "off" : "work";
  const full =
    pending != null && pending.length > 0
      ? inWords(pending, language)
      : kind === "work"
        ? planned(cell, language)
        : t(`rosterKind.${kind}`);
  const said = [full, cell.roster != null && pending === undefined && t("roster.rostered"), cell.holiday, wrong];
  const label = `${name}, ${day(cell.day, language)}: ${said.filter(Boolean).join(", ")}`;
  return (
    <UnstyledButton
      className={classes.cell}
      data-kind={kind}
      data-rostered={(pending === undefined && cell.roster != null) || undefined}
      data-changed={pending !== undefined || undefined}
      data-wrong={wrong !== null || (cell.conflict && pending === undefined) || undefined}
      aria-label={label}
      aria-disabled={!editable}
      title={label}
      onClick={() => editable && paint()}
    >
      {wide ? full : <Short {...{ cell, pending, kind }} />}
    </UnstyledButton>
  );
}

function Short(props: { cell: RosterCell; pending: Wanted | undefined; kind: keyof typeof SIGNS | "work" }) {
  const { language } = useWords();
  const { cell, pending, kind } = props;
  if (kind !== "work") return SIGNS[kind];
  const spans =
    pending != null
      ? pending.map((one) => span(one, language).split("–"))
      : cell.shifts.map((one) => [
          wall(one.start, language),
          `${wall(one.end, language)}${one.days_later > 0 ? ` +${one.days_later}` : ""}`,
        ]);
  return spans.map(([start, end]) => (
    <span key={start}>
      {start}
      <br />
      {end}
    </span>
  ));
}

const SIGNS = { off: "–", holiday: "L", no_schedule: "?", pattern: "↺" } as const;
