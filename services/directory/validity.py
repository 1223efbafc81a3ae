"""Periods of validity: local calendar days, first and last day inclusive, an absent last day means open."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from pydantic.dataclasses import dataclass

DAY = timedelta(days=1)


class Dated(Protocol):
    """Anything with a first and a last day of validity."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first to the last day, both included."""

    valid_from: date
    valid_to: date | None = None


def last_day(period: Dated) -> date:
    """The last valid day; an open period ends with the calendar."""
    return period.valid_to or date.max


def holds(period: Dated, day: date) -> bool:
    """Whether `day` lies in the period."""
    return period.valid_from <= day <= last_day(period)


def text(period: Dated) -> str:
    """The period as an Indonesian reader writes it: `2024-01-01 s.d. 2024-12-31`, `… s.d. seterusnya`."""
    return f"{period.valid_from} s.d. {period.valid_to or 'seterusnya'}"


def reversed_periods(periods: Sequence[Dated]) -> Iterator[int]:
    """Positions of periods that end before they begin."""
    return (index for index, period in enumerate(periods) if last_day(period) < period.valid_from)


def overlaps(periods: Sequence[Dated]) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) of positions where the later period begins while an earlier one still holds."""
    latest: int | None = None
    for index in sorted(range(len(periods)), key=lambda i: (periods[i].valid_from, last_day(periods[i]))):
        if latest is not None and periods[index].valid_from <= last_day(periods[latest]):
            yield latest, index
        if latest is None or last_day(periods[index]) >= last_day(periods[latest]):
            latest = index


def gaps(periods: Iterable[Dated]) -> Iterator[Period]:
    """Days between the first and the last that no period covers."""
    end: date | None = None
    for period in sorted(periods, key=lambda p: (p.valid_from, last_day(p))):
        if end is not None and end < date.max and period.valid_from > end + DAY:
            yield Period(valid_from=end + DAY, valid_to=period.valid_from - DAY)
        end = last_day(period) if end is None else max(end, last_day(period))


def uncovered(period: Dated, cover: Iterable[Dated]) -> Period | None:
    """The first stretch of `period` on which nothing in `cover` holds; None when it is covered throughout."""
    day = period.valid_from
    end = last_day(period)
    for part in sorted(cover, key=lambda p: p.valid_from):
        if last_day(part) < day:
            continue
        if part.valid_from > day:
            stop = min(end, part.valid_from - DAY)
            return Period(valid_from=day, valid_to=None if stop == date.max else stop)
        if last_day(part) >= end:
            return None
        day = last_day(part) + DAY
    return Period(valid_from=day, valid_to=None if end == date.max else end) if day <= end else None
