"""Working days of offices with a five-day week, public holidays and collective leave left out.

Source: joint decrees of three ministers on public holidays and collective leave of 2025 and 2026 (SKB 3 Menteri). For
other years only the holidays with a fixed date are known. For made-up pasts only: nobody's allowance hangs on it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
FIXED = ((1, 1), (5, 1), (6, 1), (8, 17), (12, 25))
MOVING = {
    2025: "01-27 01-28 01-29 03-28 03-31 04-01 04-02 04-03 04-04 04-07 04-18 05-12 05-13 05-29 05-30 06-06 06-09 06-27 "
    "08-18 09-05 12-26",
    2026: "01-16 02-16 02-17 03-18 03-19 03-20 03-23 03-24 04-03 05-14 05-15 05-27 05-28 06-16 08-25 12-24",
}


@cache
def holidays(year: int) -> frozenset[date]:
    """Days of a year on which offices are closed, weekends apart."""
    moving = (date.fromisoformat(f"{year}-{day}") for day in MOVING.get(year, "").split())
    return frozenset([*moving, *(date(year, month, day) for month, day in FIXED)])


def is_working(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in holidays(day.year)


def days(first: date, last: date) -> Iterator[date]:
    """All days, both ends included."""
    return (first + DAY * number for number in range((last - first).days + 1))


def working_days(first: date, last: date) -> list[date]:
    """Those on which offices are open, both ends included."""
    return [day for day in days(first, last) if is_working(day)]


def after(day: date, number: int) -> date:
    """The working day `number` working days after a day; for 0 the day itself, or the next that is one."""
    while not is_working(day):
        day += DAY
    for _ in range(number):
        day += DAY
        while not is_working(day):
            day += DAY
    return day
