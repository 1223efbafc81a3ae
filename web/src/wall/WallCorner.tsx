import { clockWithSeconds, zoneName } from "../format/time";
import { useWords } from "../i18n";
import { useServerNow } from "../live/useNow";
import { useAgency } from "../shell/agency";
import classes from "./wall.module.css";

/** The time in the corner: the server's, in the agency's zone. */
export function WallCorner({ asOf }: { asOf: string }) {
  const { language } = useWords();
  const { zone } = useAgency();
  const now = useServerNow(asOf);
  if (now === null) return null;
  const at = new Date(now).toISOString();
  return (
    <p className={classes.clock}>
      {clockWithSeconds(at, zone, language)} <span className="quiet">{zoneName(zone, at)}</span>
    </p>
  );
}
