"""Which share of the norm so far somebody has. Pure, in Decimal."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import ceil

from services.reporting.presence.periods import month_end, weekdays
from services.reporting.spread.models import SpreadClass

PERCENTS = (0, 25, 50, 75, 100)
WHOLE = Decimal(1)
PEOPLE_LEAST = 5
"""As with ratings: of fewer people a bar is as good as a name."""


def norm_so_far(month_norm: int, first: date, until: date) -> Decimal:
    """Minutes that are due by the end of `until`: each weekday's share of its own month's norm, summed."""
    due = Decimal(0)
    for day in weekdays(first, until):
        due += Decimal(month_norm) / len(weekdays(day.replace(day=1), month_end(day)))
    return due


def bounds(norm: Decimal) -> list[int]:
    """The whole minutes at which each class begins: minutes are whole, so none falls beside its class."""
    return [ceil(norm * percent / 100) for percent in PERCENTS]


def classes(minutes: Iterable[int], starts: list[int], people: int) -> list[SpreadClass]:
    """From what each person has. Whoever has no minutes may have no row, and is in the lowest."""
    counted = Counter(bisect_right(starts, max(0, one)) - 1 for one in minutes)
    counted[0] += people - counted.total()
    ends: list[int | None] = [*PERCENTS[1:], None]
    return [
        SpreadClass(from_percent=percent, below_percent=end, people=counted[place])
        for place, (percent, end) in enumerate(zip(PERCENTS, ends, strict=True))
    ]
