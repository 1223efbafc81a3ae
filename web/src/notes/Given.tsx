import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type Note, withdrawNote } from "../api/notes";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import classes from "./notes.module.css";

/** What was pressed is gone from the screen; here it goes on. One function for all, so that it is called once. */
function focusFirst(element: HTMLElement | null) {
  element?.focus();
}

/** That it was sent, and a way back for a slip of the finger. */
export function Given({ note, close }: { note: Note; close: () => void }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const withdrawing = useMutation({
    mutationFn: () => withdrawNote(note),
  });
  const until = note.withdrawable_until;
  return (
    <div className={classes.given}>
      <p role="status" tabIndex={-1} ref={focusFirst}>
        <Glyph shape={withdrawing.isSuccess ? "hollow" : "full"} />{" "}
        {withdrawing.isSuccess
          ? t("notes.takenBack")
          : t("notes.sent", { value: t(`noteValue.${note.value}`), name: note.employee.name ?? "" })}
      </p>
      {!withdrawing.isSuccess && until !== null && (
        <p className="quiet">{t("notes.until", { time: zonedClock(until, zone, language) })}</p>
      )}
      <Refusal error={withdrawing.error} />
      <div className={classes.buttons}>
        <Button onClick={close}>{t("notes.done")}</Button>
        {!withdrawing.isSuccess && (
          <Button variant="default" loading={withdrawing.isPending} onClick={() => withdrawing.mutate()}>
            {t("notes.takeBack")}
          </Button>
        )}
      </div>
    </div>
  );
}
