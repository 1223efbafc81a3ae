"""How complete the records of a terminal are. Pure; the clock is an argument."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from services.attendance.fleet.rules import OfficeHours
from services.attendance.schedules.clock import MINUTE

STEP = timedelta(minutes=5)


class Period(NamedTuple):
    """From an instant to behind the last."""

    since: datetime
    until: datetime


def percent(held: int | None, stored: int) -> Decimal | None:
    """What of the records a terminal says it holds has arrived, in percent, with one decimal and never rounded up to a
    hundred; None where it has not said."""
    if held is None:
        return None
    if stored >= held:
        return Decimal(100)
    return (Decimal(100) * stored / held).quantize(Decimal("0.1"), ROUND_DOWN)


def complete_to(contact: datetime | None, gaps: Iterable[Period]) -> datetime | None:
    """Up to when all that a terminal recorded is here: as long as it polls it has nothing to send (devices.md section
    1.7), so its last contact, unless records of before are missing. None: it was never heard of."""
    return None if contact is None else min([contact, *(gap.since for gap in gaps)])


def site_complete_to(terminals: Sequence[datetime | None]) -> datetime | None:
    """The earliest of its terminals. One that was never heard of has recorded nothing and owes nothing."""
    return min((one for one in terminals if one is not None), default=None)


def silent_minutes(silences: Iterable[Period], day: Period, hours: OfficeHours, zone: str) -> int:
    """Minutes of a date within office hours in which nothing was heard, in steps of five."""
    quiet = list(silences)
    at, count = day.since, 0
    while at < day.until:
        if hours.contains(at, zone) and any(one.since <= at < one.until for one in quiet):
            count += 1
        at += STEP
    return count * (STEP // MINUTE)
