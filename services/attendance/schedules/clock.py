"""What a clock on the wall shows, as instants."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from services.attendance.punches.zones import known_zone

MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=1_024)
def zone_of(name: str) -> ZoneInfo | None:
    """None when there is no such zone."""
    try:
        return ZoneInfo(known_zone(name))
    except ValueError:
        return None


@lru_cache(maxsize=65_536)
def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the clock shows `minute` minutes after the midnight of `day`, or more.

    So a time that exists twice, when clocks go back, is the first of the two; and a time that does not exist, when
    they go forward, is the moment they do: who was told 02:30 looks up at 03:00 and it is time. `minute` may be a
    day or more: then it is a time of a later date.
    """
    wall = datetime.combine(day, time()) + minute * MINUTE
    before, after = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if before <= after:
        return before
    # In a gap the two readings lie on either side of the change, the one with the new offset first.
    offset = before.astimezone(zone).utcoffset()
    changed = bisect_left(
        range((before - after) // MINUTE),
        True,
        key=lambda minutes: (after + minutes * MINUTE).astimezone(zone).utcoffset() == offset,
    )
    return after + changed * MINUTE
