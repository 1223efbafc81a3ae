import type { Person } from "../api/types";
import { useWords } from "../i18n";
import { lengthWords } from "../month/steps";
import { Glyph } from "../states/Glyph";

const SHAPES = { present: "full", not_yet: "hollow", away: "dash", off: "dash" } as const;

/** How somebody stands on a date: whether there, and if not, why that is no wonder, as far as attendance has said. */
export function StateWords({ person }: { person: Person }) {
  const { t } = useWords();
  const { state, status } = person;
  const told = state === "present" || status == null || status === "pending" || status === "present" ? null : status;
  return (
    <>
      <Glyph shape={SHAPES[state]} /> {told === null ? t(`people.${state}`) : t(`dayStatus.${told}`)}
    </>
  );
}

/** By how much somebody was late, where that is so. */
export function LateWords({ person }: { person: Person }) {
  const { t } = useWords();
  return person.late_minutes ? <>{t("people.late", { minutes: lengthWords(person.late_minutes, t) })}</> : null;
}
