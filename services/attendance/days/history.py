"""What was known of a day, and when: states that another has taken the place of. Pure.

A day's document keeps in `before` what it was, each with the moment it was said and its version; several states of one
date of knowledge are the last of them, so "as known on the 5th" is what held when the 5th ended. It is apart from the
current state: facts in any order come to the same day, not to the same past.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.attendance.days.documents import Document, aware, naive

SETTLES = timedelta(minutes=5)
"""What is said just before midnight is stored just after it; a transaction ends long before this."""


class Knowing(NamedTuple):
    """When things are said, and by whose date (the agency's zone)."""

    now: Callable[[], datetime]
    zone: ZoneInfo


class State(NamedTuple):
    """What a day came to (`telling.stored`), from when on that was known."""

    at: datetime
    version: int
    said: Document


def states(row: Document) -> Iterator[State]:
    """Everything that was ever known of a day at the end of a date, oldest first; the last is the current one."""
    for one in row.get("before", ()):
        yield State(aware(one["said_at"]), one["version"], one["said"])
    if "said" in row:
        yield State(_said_at(row), row["version"], row["said"])


def replaced(row: Document, knowing: Knowing) -> Document:
    """`before` and `said_at` of the document when another state is about to take the place of its own."""
    before, now = row.get("before", []), knowing.now()
    if "said" in row:
        at = _said_at(row)
        now = max(now, at)  # a clock that was set back changes no past
        if _date(at, knowing.zone) < _date(now, knowing.zone):
            before = [*before, {"said_at": naive(at), "version": row["version"], "said": row["said"]}]
    return {"before": before, "said_at": naive(now)} if before else {"said_at": naive(now)}


def known_on(row: Document, on: date, zone: ZoneInfo) -> State | None:
    """What was known when a date ended; None: nothing yet."""
    return next((one for one in reversed(list(states(row))) if _date(one.at, zone) <= on), None)


def is_past(on: date, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a date of knowledge is over, so that nothing is added to it any more."""
    return on < _date(now - SETTLES, zone)


def _said_at(row: Document) -> datetime:
    # Days that were said before this was kept: what was known then had happened until `until`.
    return aware(row["said_at"] if "said_at" in row else row["until"])


def _date(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
