import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { Note } from "../api/notes";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { NoteItem } from "./NoteItem";
import classes from "./notes.module.css";

const PAGE = 20;

/** Notes, the newest first, some at a time. */
export function NoteList(props: {
  found: UseQueryResult<{ items: readonly Note[] }>;
  side: "received" | "given" | "unit";
}) {
  const { t, language } = useWords();
  const { found, side } = props;
  const [shown, setShown] = useState(PAGE);
  if (found.data === undefined) {
    return found.error !== null ? (
      <Failure error={found.error} retry={found.refetch} />
    ) : (
      <Waiting rows={4} height={48} />
    );
  }
  const { items } = found.data;
  if (items.length === 0) {
    return (
      <Notice title={t(`noteNone.${side}`)}>
        <p>{t(`noteNoneText.${side}`)}</p>
      </Notice>
    );
  }
  return (
    <>
      <ul className={classes.notes}>
        {items.slice(0, shown).map((note) => (
          <NoteItem key={note.id} note={note} side={side} />
        ))}
      </ul>
      {items.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + PAGE)}>
          {t("notes.more", { number: integer(items.length - shown, language) })}
        </Button>
      )}
    </>
  );
}
