"""Local days as they follow each other."""

from collections.abc import Iterator
from datetime import date, timedelta


def each_day(first: date, last: date) -> Iterator[date]:
    """The days of a period, both ends included; none when the ends are the wrong way round."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
