"""Wall time of a terminal to an instant: by the IANA zone of its site (devices.md section 1.7)."""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.attendance.punches.lines import wall_time


class Instant(NamedTuple):
    """One moment in the three forms a punch needs: RFC 3339 in UTC, local calendar date, seconds since 1970."""

    utc: str
    local_date: str
    epoch: int


@lru_cache(maxsize=16_384)
def instant(local_time: str, zone: str, offset: int | None = None) -> Instant:
    """The instant of a wall time in `zone`; with `offset` (seconds east, from the terminal) by that instead.

    The local date is always the date in `zone`. Raises ValueError when `local_time` is no calendar time or the
    instant lies outside the years 1 to 9999.
    """
    naive = wall_time(local_time)
    if naive is None:
        raise ValueError(f"{local_time!r} is not a time of the form YYYY-MM-DD HH:MM:SS")
    site = ZoneInfo(zone)
    own = site if offset is None else timezone(timedelta(seconds=offset))
    try:
        moment = naive.replace(tzinfo=own).astimezone(UTC)
        local = moment.astimezone(site)
    except (OverflowError, ValueError) as error:
        raise ValueError(f"{local_time!r} in {zone} is outside the calendar") from error
    return Instant(moment.replace(tzinfo=None).isoformat() + "Z", local.date().isoformat(), int(moment.timestamp()))


def utc_offset_seconds(zone: str, at: datetime) -> int:
    """Seconds east of UTC in `zone` at an aware instant."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def wall_clock(zone: str, at: datetime) -> datetime:
    """The naive wall time in `zone` at an aware instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
