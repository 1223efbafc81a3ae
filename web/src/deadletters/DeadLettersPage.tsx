import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type LetterStatus, lettersQuery } from "../api/deadletters";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import classes from "./deadletters.module.css";
import { LetterRow } from "./LetterRow";
import { ReplayOutcome } from "./ReplayOutcome";
import { useReplay } from "./useReplay";

const STATUSES: LetterStatus[] = ["waiting", "replayed", "dropped"];

/** Records that arrived and could not be processed: why, and what to do with each. */
export function DeadLettersPage() {
  const { t, language } = useWords();
  const { person } = usePerson();
  const [status, setStatus] = useState<LetterStatus>("waiting");
  const letters = useInfiniteQuery(lettersQuery(status, null));
  const replay = useReplay();
  const heading = useTitle(t("letters.title"), "deadletters", true);
  const counts = letters.data?.pages[0]?.counts;
  const items = letters.data?.pages.flatMap((page) => page.items);
  const mayAct = person.roles.includes("operator") && status === "waiting";
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("letters.title")}
      </h1>
      <p className={classes.lead}>{t("letters.lead")}</p>
      <SegmentedControl
        className={classes.filter}
        aria-label={t("letters.filter")}
        value={status}
        onChange={(chosen) => setStatus(chosen as LetterStatus)}
        data={STATUSES.map((one) => ({
          value: one,
          label: `${t(`letters.${one}`)} ${integer(counts?.[one] ?? 0, language)}`,
        }))}
      />
      <ReplayOutcome replay={replay} />
      {items === undefined ? (
        letters.error !== null ? (
          <Failure error={letters.error} retry={letters.refetch} />
        ) : (
          <Waiting rows={5} height={40} />
        )
      ) : items.length === 0 ? (
        <Notice title={t(`letters.${status}_none`)}>
          <p>{t(`letters.${status}_noneText`)}</p>
        </Notice>
      ) : (
        <>
          {mayAct && items.length > 1 && (
            <Button loading={replay.isPending} onClick={() => replay.start(items.map(({ id }) => id))}>
              {t("letters.replayShown", { count: replay.most(items.length) })}
            </Button>
          )}
          <ul className={classes.list}>
            {items.map((letter) => (
              <LetterRow key={letter.id} letter={letter} replay={mayAct ? replay : null} />
            ))}
          </ul>
          {letters.hasNextPage && (
            <Button variant="default" loading={letters.isFetchingNextPage} onClick={() => letters.fetchNextPage()}>
              {t("letters.more")}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
