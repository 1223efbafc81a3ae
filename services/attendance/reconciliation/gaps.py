"""A gap: a period of a terminal of which it holds more records than we have. Pure.

The subject of its alert is the period by the terminal's clock, "2026-03-02 00:00:00/2026-03-02 23:59:59".
"""

from datetime import UTC, datetime, timedelta

from services.attendance.punches.lines import is_wall_time
from services.attendance.schedules.clock import zone_of

SECOND = timedelta(seconds=1)


def bounds_of(subject: str) -> tuple[str, str] | None:
    """The first and the last second by the terminal's clock; None for a subject that is no period."""
    start, _, end = subject.partition("/")
    return (start, end) if is_wall_time(start) and is_wall_time(end) and start <= end else None


def period_of(subject: str, zone: str) -> tuple[datetime, datetime] | None:
    """From the first instant to behind the last; None for a subject that is no period, or a zone that is none."""
    found, there = bounds_of(subject), zone_of(zone)
    if found is None or there is None:
        return None
    since, until = (datetime.fromisoformat(one).replace(tzinfo=there).astimezone(UTC) for one in found)
    return since, until + SECOND


def day_bounds(day: str) -> tuple[str, str]:
    """The whole of a date, as terminals are asked about it (fleet/nightly.py)."""
    return f"{day} 00:00:00", f"{day} 23:59:59"
