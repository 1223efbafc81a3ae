import { Button } from "@mantine/core";
import { useState } from "react";
import type { Letter } from "../api/deadletters";
import { integer } from "../format/number";
import { dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { Glyph } from "../states/Glyph";
import { DropForm } from "./DropForm";
import classes from "./deadletters.module.css";
import { LetterContent } from "./LetterContent";
import type { Replay } from "./useReplay";

/** One letter: why it was refused, where it lies, and what the operator may do. `replay` null: only to look at. */
export function LetterRow({ letter, replay }: { letter: Letter; replay: Replay | null }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const [open, setOpen] = useState<"content" | "drop" | null>(null);
  const when = (at: string) => dayAndClock(at, zone, language);
  const toggle = (what: "content" | "drop") => setOpen(open === what ? null : what);
  return (
    <li>
      <div className={classes.row}>
        <div>
          <h2 className={classes.reason}>{letter.reason}</h2>
          <p className="quiet">
            {t("letters.place", { topic: letter.topic, partition: letter.partition, offset: letter.offset })} ·{" "}
            {letter.view}
          </p>
          <p className="quiet">
            {t("letters.refused", {
              count: letter.refusals,
              number: integer(letter.refusals, language),
              time: when(letter.refused_at),
            })}
            {letter.ended_at !== null && ` · ${t(`letters.${letter.status}`)} ${when(letter.ended_at)}`}
          </p>
          {letter.why !== null && <p>{t("letters.because", { reason: letter.why })}</p>}
          {letter.replaying && (
            <p>
              <Glyph shape="waiting" /> {t("letters.replaying")}
            </p>
          )}
        </div>
        {person.roles.includes("operator") && (
          <div className={classes.buttons}>
            {replay !== null && (
              <Button
                variant="default"
                loading={replay.isPending}
                disabled={letter.replaying}
                onClick={() => replay.start([letter.id])}
              >
                {t("letters.replay")}
              </Button>
            )}
            <Button variant="default" aria-expanded={open === "content"} onClick={() => toggle("content")}>
              {t(open === "content" ? "letters.close" : "letters.open")}
            </Button>
            {replay !== null && (
              <Button variant="default" aria-expanded={open === "drop"} onClick={() => toggle("drop")}>
                {t("letters.drop")}
              </Button>
            )}
          </div>
        )}
      </div>
      {open === "content" && <LetterContent id={letter.id} />}
      {open === "drop" && <DropForm id={letter.id} close={() => setOpen(null)} />}
    </li>
  );
}
