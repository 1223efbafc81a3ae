"""Whole minutes: of instants, and of stretches of time with holes. A minute is its number since 1970, UTC."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from services.attendance.days.tables import Rounding
from services.attendance.schedules.clock import MINUTE

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HALF = timedelta(seconds=30)


class Span(NamedTuple):
    """The minutes from `first` up to, not including, `last`."""

    first: int
    last: int


def floor_minute(at: datetime) -> int:
    return (at - EPOCH) // MINUTE


def ceil_minute(at: datetime) -> int:
    return -((EPOCH - at) // MINUTE)


def minute_in(at: datetime, rounding: Rounding) -> int:
    """The minute an arrival counts from, so that minutes of lateness are whole and rounded as the rule says."""
    if rounding == "half_up":
        return floor_minute(at + HALF)
    return floor_minute(at) if rounding == "floor" else ceil_minute(at)


def minute_out(at: datetime, rounding: Rounding) -> int:
    """The minute a departure counts to: "floor" rounds the minutes somebody left early down, so the instant up."""
    if rounding == "half_up":
        return ceil_minute(at - HALF)
    return ceil_minute(at) if rounding == "floor" else floor_minute(at)


def instant_of(minute: int) -> datetime:
    return EPOCH + minute * MINUTE


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes in order, none twice."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].last:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return tuple(found)


def outside(within: Span, holes: tuple[Span, ...]) -> Iterator[Span]:
    """What of a span no hole covers, in order. `holes` are merged."""
    at = within.first
    for hole in holes:
        if hole.first > at and at < within.last:
            yield Span(at, min(hole.first, within.last))
        at = max(at, hole.last)
    if at < within.last:
        yield Span(at, within.last)


def length(spans: Iterable[Span]) -> int:
    return sum(span.last - span.first for span in spans)
