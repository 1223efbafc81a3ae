"""Local days as they follow each other."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta


def each_day(first: date, last: date) -> Iterator[date]:
    """The days of a period, both ends included; none when the ends are the wrong way round."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def ends_of(month: str) -> tuple[date, date]:
    """The first and the last day of a calendar month `YYYY-MM`."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def after_months(day: date, months: int) -> date:
    """The same day so many calendar months later (earlier, when negative); the last of the month where there is
    none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
