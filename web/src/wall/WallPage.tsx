import { useBoard } from "../board/useBoard";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Banner } from "../states/Banner";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { WallCorner } from "./WallCorner";
import { WallFeed } from "./WallFeed";
import { WallFigures } from "./WallFigures";
import { WallFoot } from "./WallFoot";
import { WallUnits } from "./WallUnits";
import classes from "./wall.module.css";

const FEED = 5;

/** For a screen on the wall: read at five metres, touched by nobody, nothing rotates, nothing flickers. */
export function WallPage() {
  const { t, language } = useWords();
  const { place } = usePlace();
  const { presence, board, feed, view } = useBoard({ unit: place.unit, date: place.date }, false, FEED);
  useTitle(t("wall.title"), "wall", board !== null);
  if (board === null) {
    return (
      <main className={classes.wall}>
        {presence.error !== null ? (
          <Failure page error={presence.error} retry={presence.refetch} />
        ) : (
          <Waiting rows={6} height={72} />
        )}
      </main>
    );
  }
  return (
    <main className={classes.wall}>
      <header className={classes.head}>
        <div>
          <h1>{board.unit.name}</h1>
          <p className="quiet">{day(board.date, language)}</p>
        </div>
        <WallCorner asOf={board.freshness.as_of} />
      </header>
      <div className={classes.body}>
        <div className={classes.left}>
          <WallFigures totals={board.totals} />
          <WallFeed arrivals={feed} />
        </div>
        {presence.data !== undefined && board.children.length > 0 && (
          <WallUnits board={board} answer={presence.data} live={view.live} />
        )}
      </div>
      <footer className={classes.foot}>
        <Banner
          status={view.status}
          since={view.since}
          reconnect={view.reconnect}
          freshness={board.freshness}
          refreshFailed={presence.isRefetchError}
        />
        <WallFoot board={board} status={view.status} />
      </footer>
    </main>
  );
}
