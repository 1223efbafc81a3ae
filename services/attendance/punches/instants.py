"""Wall time of a terminal to an instant: by the IANA zone of its site (devices.md section 1.7)."""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.attendance.punches.lines import is_wall_time

HOUR = 3_600
_TWO = {f"{number:02d}": number for number in range(60)}  # three times as quick as int()


class Instant(NamedTuple):
    """One moment in the three forms a punch needs: RFC 3339 in UTC, local calendar date, seconds since 1970."""

    utc: str
    local_date: str
    epoch: int


class _Day(NamedTuple):
    """A local date on which the zone is a whole number of hours from UTC, all day: then only the hour changes."""

    hours: tuple[str, ...]
    midnight: int


def instant(local_time: str, zone: str, offset: int | None = None) -> Instant:
    """The instant of a wall time in `zone`; with `offset` (seconds east, from the terminal) by that instead.

    The local date is always the date in `zone`. Raises ValueError when `local_time` is no calendar time or the
    instant lies outside the years 1 to 9999.
    """
    if not is_wall_time(local_time):
        raise ValueError(f"{local_time!r} is not a time of the form YYYY-MM-DD HH:MM:SS")
    return instant_of_line(local_time, zone, offset)


def instant_of_line(local_time: str, zone: str, offset: int | None = None) -> Instant:
    """`instant` for a time that was checked already, as that of every PunchLine is."""
    day = _day(local_time[:10], zone) if offset is None else None
    if day is None:
        return _any_instant(local_time, zone, offset)
    hour = _TWO[local_time[11:13]]
    seconds = hour * HOUR + _TWO[local_time[14:16]] * 60 + _TWO[local_time[17:]]
    return Instant(f"{day.hours[hour]}{local_time[13:]}Z", local_time[:10], day.midnight + seconds)


@lru_cache(maxsize=2_048)
def _day(date: str, zone: str) -> _Day | None:
    """The short way, about twenty times quicker; None where it does not hold (half hours, a change of clocks)."""
    site = ZoneInfo(zone)
    midnight = datetime.fromisoformat(date)
    try:
        starts = [(midnight + timedelta(hours=hour)).replace(tzinfo=site) for hour in range(24)]
        last = midnight.replace(hour=23, minute=59, second=59, tzinfo=site)
        offsets = {moment.utcoffset() for moment in (*starts, last)}
        offset = offsets.pop() or timedelta()
        if offsets or offset.total_seconds() % HOUR:
            return None
        hours = tuple(moment.astimezone(UTC).replace(tzinfo=None).isoformat()[:13] for moment in starts)
    except (OverflowError, ValueError):
        return None
    return _Day(hours, int(starts[0].timestamp()))


@lru_cache(maxsize=4_096)
def _any_instant(local_time: str, zone: str, offset: int | None) -> Instant:
    site = ZoneInfo(zone)
    try:
        own = site if offset is None else timezone(timedelta(seconds=offset))
        moment = datetime.fromisoformat(local_time).replace(tzinfo=own).astimezone(UTC)
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
