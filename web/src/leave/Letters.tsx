import { useQueryClient } from "@tanstack/react-query";
import { addLetter, type Leave, leaveKeys, letter, removeLetter } from "../api/leave";
import { EvidenceFiles } from "../evidence/EvidenceFiles";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import { changeable } from "./draft";

/** The files of letters, and that one is missing where a letter is needed; while `open` also to add and remove. */
export function Letters({ leave, open = false }: { leave: Leave; open?: boolean }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  return (
    <>
      {changeable(leave) && leave.needs_letter && leave.letters.length === 0 && (
        <p>
          <Glyph shape="warning" /> {t(open ? "leave.addLetter" : "leave.noLetter")}
        </p>
      )}
      <EvidenceFiles
        of={`${t(`leaveKind.${leave.kind}`)} ${day(leave.first, language)}`}
        files={leave.letters}
        take={(file) => letter(leave, file.id)}
        open={open}
        add={(file) => addLetter(leave, file)}
        remove={(file) => removeLetter(leave, file.id)}
        changed={() => client.invalidateQueries({ queryKey: leaveKeys.own(leave.employee_id) })}
      />
    </>
  );
}

/** The request was sent, but not all of its files. */
export function Unsent({ error }: { error: Error | null }) {
  const { t } = useWords();
  if (error === null) return null;
  return (
    <>
      <p>{t("leave.letterUnsent")}</p>
      <Refusal error={error} />
    </>
  );
}
