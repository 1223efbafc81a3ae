import { useState } from "react";
import { isForbidden } from "../api/client";
import type { Presence } from "../api/types";
import { clock, day, localDate } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { DaySwitch } from "../shell/DaySwitch";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Banner } from "../states/Banner";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { Arrivals } from "./Arrivals";
import classes from "./board.module.css";
import { Details } from "./Details";
import { Feed } from "./Feed";
import { Figures } from "./Figures";
import { FreshnessLine } from "./FreshnessLine";
import { LiveStatus } from "./LiveStatus";
import { NoUnits } from "./NoUnits";
import { Trail } from "./Trail";
import { useBoard } from "./useBoard";

const FEED = 25;

/** City → unit → people: who is in, of how many, how fresh that is, and what needs attention. */
export function BoardPage() {
  const { t, language } = useWords();
  const { place } = usePlace();
  const { zone } = useAgency();
  const [paused, setPaused] = useState(false);
  const scope = { unit: place.unit, date: place.date };
  const { presence, board, feed, latest, view } = useBoard(scope, paused, FEED);
  const otherDay = presence.isPlaceholderData;
  const unit = board?.unit;
  const heading = useTitle(
    board === null ? t("nav.board") : `${board.unit.name}, ${day(board.date, language)}`,
    place.unit ?? "root",
    board !== null,
  );

  if (board === null || unit === undefined) {
    return presence.error !== null ? (
      <Failure page error={presence.error} retry={presence.refetch} />
    ) : (
      <Waiting rows={9} height={32} />
    );
  }
  const empty = board.totals.expected === 0 && board.children.length === 0 && place.unit === null;
  return (
    <div className={classes.page}>
      <Banner
        status={view.status}
        since={view.since}
        reconnect={view.reconnect}
        freshness={board.freshness}
        refreshFailed={presence.isRefetchError}
      />
      <div className={classes.top}>
        <div className={classes.where}>
          <Trail unit={unit} date={place.date} />
          <h1 ref={heading} tabIndex={-1} className={classes.name}>
            {unit.name}
          </h1>
        </div>
        <DaySwitch date={place.date ?? board.date} />
      </div>
      <div className={classes.lines}>
        <LiveStatus status={view.status} paused={paused} onPause={setPaused} />
        <FreshnessLine board={board} />
      </div>
      {empty ? (
        <NoUnits />
      ) : (
        <div className={classes.columns} aria-busy={otherDay}>
          <div className={classes.first}>
            <Figures board={board} />
            <Arrivals
              unit={unit}
              date={board.date}
              asked={scope.unit}
              askedDate={scope.date}
              known={knownTo(board, zone)}
              paused={paused}
            />
          </div>
          <div className={classes.second}>
            <Details scope={scope} board={board} answer={presence.data} live={view.live} />
          </div>
          <Feed arrivals={feed} waiting={latest.isPending} refused={isForbidden(latest.error)} />
        </div>
      )}
    </div>
  );
}

/** The local time up to which this day's arrivals are in (`HH:MM`); null when the day is over, or nothing says so. */
function knownTo({ date, freshness: { as_of, complete_to } }: Presence, zone: string): string | null {
  return complete_to !== null && localDate(as_of, zone) === date ? clock(complete_to, zone, "en") : null;
}
