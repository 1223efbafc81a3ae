import { Select, Textarea, TextInput } from "@mantine/core";
import type { Kind, LeaveKind, Part } from "../api/leave";
import { useWords } from "../i18n";
import { type Draft, type Field, hoursOf, lacking, ofKind } from "./draft";
import classes from "./leave.module.css";

const GROUPS = ["leave", "duty", "permit"] as const;

/** The fields of a request: only what its kind asks for. */
export function LeaveFields(props: {
  draft: Draft;
  set: (draft: Draft) => void;
  kinds: readonly LeaveKind[];
  tried: boolean;
  told: Readonly<Partial<Record<string, string>>>;
  /** The letter that is needed, as the service says. */
  needs: string | null;
  paper: boolean;
}) {
  const { t } = useWords();
  const { draft, set, kinds, tried, told, needs, paper } = props;
  const kind = kinds.find((one) => one.kind === draft.kind);
  const missing = tried ? lacking(draft) : [];
  const wrong = (field: Field) =>
    missing.includes(field) ? t(field === "last" ? "leave.backwards" : "leave.missing") : (told[field] ?? null);
  const hours = hoursOf(draft);
  const whole = draft.part === "day";
  const letter = paper || (kind !== undefined && kind.letter_over_days !== null);
  return (
    <>
      <Select
        label={t("leave.kind")}
        placeholder={t("leave.kindHint")}
        data={GROUPS.map((group) => ({
          group: t(`leaveGroup.${group}`),
          items: kinds
            .filter((one) => one.excuse === group)
            .map((one) => ({ value: one.kind, label: t(`leaveKind.${one.kind}`) })),
        })).filter(({ items }) => items.length > 0)}
        value={draft.kind}
        onChange={(chosen) => {
          const found = kinds.find((one) => one.kind === (chosen as Kind | null));
          if (found !== undefined) set(ofKind(draft, found));
        }}
        allowDeselect={false}
        error={wrong("kind")}
      />
      {kind !== undefined && kind.parts.length > 1 && (
        <Select
          label={t("leave.part")}
          data={kind.parts.map((part) => ({ value: part, label: t(`leavePart.${part}`) }))}
          value={draft.part}
          onChange={(part) => set({ ...draft, part: (part ?? "day") as Part })}
          allowDeselect={false}
          error={wrong("part")}
        />
      )}
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={t(whole ? "leave.first" : "leave.date")}
          value={draft.first}
          onChange={(event) => set({ ...draft, first: event.currentTarget.value })}
          error={wrong("first")}
        />
        {whole && (
          <TextInput
            type="date"
            label={t("leave.last")}
            value={draft.last}
            min={draft.first}
            onChange={(event) => set({ ...draft, last: event.currentTarget.value })}
            error={wrong("last")}
          />
        )}
      </div>
      {(hours.since || hours.until) && (
        <div className={classes.pair}>
          {hours.since && (
            <TextInput
              type="time"
              label={t("leave.since")}
              value={draft.since}
              onChange={(event) => set({ ...draft, since: event.currentTarget.value })}
              error={wrong("since")}
            />
          )}
          {hours.until && (
            <TextInput
              type="time"
              label={t("leave.until")}
              value={draft.until}
              onChange={(event) => set({ ...draft, until: event.currentTarget.value })}
              error={wrong("until")}
            />
          )}
        </div>
      )}
      {kind?.place && (
        <TextInput
          label={t("leave.place")}
          value={draft.place}
          maxLength={200}
          onChange={(event) => set({ ...draft, place: event.currentTarget.value })}
          error={wrong("place")}
        />
      )}
      {letter && (
        <TextInput
          label={t("leave.letter")}
          description={needs === null ? t("leave.letterHint") : t(`leaveLetter.${needs as "doctor"}`)}
          value={draft.letter}
          maxLength={60}
          onChange={(event) => set({ ...draft, letter: event.currentTarget.value })}
          error={tried && paper && draft.letter.trim() === "" ? t("leave.missing") : wrong("letter")}
        />
      )}
      {kind !== undefined && (
        <Textarea
          label={t(kind.reason ? "leave.reason" : "leave.reasonOptional")}
          value={draft.reason}
          onChange={(event) => set({ ...draft, reason: event.currentTarget.value })}
          maxLength={1000}
          autosize
          minRows={1}
          maxRows={6}
          error={wrong("reason")}
        />
      )}
    </>
  );
}
