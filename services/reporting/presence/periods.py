"""Sums over weeks and months: of a unit for its line through time, of a person for the spread of a unit's people.

    unit_periods       shards per unit and period: what a trend shows (`UNIT_FIELDS`)
    employee_periods   shards per employee and period: effective minutes

Why rows of their own: a line through twelve months is 366 days of each unit below, a spread over 5,000 people is a
month of days of each. As rows the first is twelve a unit, the second one a person, whatever the history. They move by
the same differences as the day's totals, in the same transaction, so that late facts and rebuilds come out the same. A
punch costs a person's row nothing: presence is in the unit's only.

A period is an ISO week (`2026-W48`, from Monday) or a month (`2026-11`); the two never mix in one sum. Pure.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from kit.days import each_day

UNIT_PERIODS, EMPLOYEE_PERIODS = "unit_periods", "employee_periods"
EFFECTIVE = "work.effective_minutes"
UNIT_FIELDS = ("present", EFFECTIVE, "served.released", "served.stars")
Span = Literal["week", "month"]


@lru_cache(maxsize=4096)
def periods_of(day: str) -> tuple[str, str]:
    """The week and the month that a local day `YYYY-MM-DD` is in."""
    return week_of(date.fromisoformat(day)), day[:7]


def week_of(day: date) -> str:
    """The ISO week of a day: `2026-W48`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def period_of(day: date, span: Span) -> str:
    """The week or the month of a day."""
    return week_of(day) if span == "week" else str(day)[:7]


def whole(first: date, last: date) -> list[str] | None:
    """The months, or weeks, that a period of days consists of; None where it cuts one."""
    after = last + timedelta(days=1)
    if first.day == after.day == 1:
        return list(dict.fromkeys(str(day)[:7] for day in each_day(first, last)))
    if first.weekday() == after.weekday() == 0:
        return list(dict.fromkeys(week_of(day) for day in each_day(first, last)))
    return None


def latest(last: date, span: Span, count: int) -> list[tuple[date, date]]:
    """The first and the last day of `count` weeks or months that end with the one `last` is in, oldest first."""
    found: list[tuple[date, date]] = []
    day = last
    for _ in range(count):
        first = day - timedelta(days=day.weekday()) if span == "week" else day.replace(day=1)
        end = first + timedelta(days=6) if span == "week" else month_end(first)
        found.append((first, end))
        day = first - timedelta(days=1)
    return found[::-1]


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def weekdays(first: date, last: date) -> list[date]:
    """Monday to Friday, both ends included; empty when the ends are the wrong way round. Public holidays are not known
    here: what is measured by these days is told as measured by weekdays."""
    return [day for day in each_day(first, last) if day.weekday() < 5]
