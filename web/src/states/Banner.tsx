import { Button } from "@mantine/core";
import type { Freshness } from "../api/types";
import { age, clockWithSeconds, type Language, zoneName } from "../format/time";
import { type Translate, useWords } from "../i18n";
import type { LiveView } from "../live/useLive";
import { useNow } from "../live/useNow";
import { useAgency } from "../shell/agency";
import { Glyph } from "./Glyph";
import classes from "./states.module.css";

/** A source that is behind by less than this is on its way (seconds). */
const WORTH_SAYING = 10;

/** At most one banner: the worst that is so. Live and whole says nothing. */
export function Banner(props: {
  status: LiveView["status"];
  /** When the stream was last heard, on the browser's clock (epoch milliseconds). */
  since: number;
  reconnect: () => void;
  freshness: Freshness | null;
  /** The last full answer could not be refreshed although an older one is on screen. */
  refreshFailed: boolean;
}) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { status, freshness } = props;
  const asOf = freshness?.as_of ?? null;
  const time = asOf === null ? t("banner.unknownTime") : fullClock(asOf, zone, language);
  const behind =
    freshness?.lagging_sources.filter((one) => one.behind_seconds === null || one.behind_seconds >= WORTH_SAYING) ?? [];

  if (status === "offline") return <Strip tone="wrong">{t("banner.offline", { time })}</Strip>;
  if (status === "stale") {
    return (
      <Strip
        tone="attention"
        aside={<Since at={props.since} />}
        action={
          <Button variant="default" onClick={props.reconnect}>
            {t("banner.reconnect")}
          </Button>
        }
      >
        {t("banner.stale", { time })}
      </Strip>
    );
  }
  if (props.refreshFailed) return <Strip tone="attention">{t("banner.refresh", { time })}</Strip>;
  if (behind.length > 0) {
    const sources = behind
      .map(({ source, behind_seconds }) =>
        behind_seconds === null
          ? t("banner.silentSource", { source: sourceName(source, t) })
          : t("banner.source", { source: sourceName(source, t), age: words(behind_seconds, t) }),
      )
      .join(", ");
    return <Strip tone="attention">{t("banner.lagging", { sources })}</Strip>;
  }
  return null;
}

/** Ticks beside the banner's text, not in it: a screen reader should hear the news once. */
function Since({ at }: { at: number }) {
  const { t } = useWords();
  const now = useNow(1000);
  return <span className="quiet">{t("age.ago", { age: words((now - at) / 1000, t) })}</span>;
}

const SOURCES = ["attendance", "directory", "reporting"] as const;

function sourceName(source: string, t: Translate): string {
  const known = SOURCES.find((one) => one === source);
  return known === undefined ? source : t(`source.${known}`);
}

function words(seconds: number, t: Translate): string {
  const { unit, count } = age(seconds);
  return t(`age.${unit}`, { count });
}

function fullClock(at: string, zone: string, language: Language): string {
  return `${clockWithSeconds(at, zone, language)} ${zoneName(zone, at)}`;
}

function Strip(props: {
  tone: "attention" | "wrong";
  aside?: React.ReactNode;
  action?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <div className={classes.banner} data-tone={props.tone}>
      <Glyph shape={props.tone === "wrong" ? "wrong" : "warning"} size={16} />
      <span className={classes.bannerText} role="status">
        {props.children}
      </span>
      {props.aside}
      {props.action}
    </div>
  );
}
