"""Whether a month is closed, from the closings of the agency. Pure."""

from collections.abc import Iterable
from datetime import date

from contracts.events.closings import PeriodClosed
from kit.days import each_day
from services.reporting.months.models import ClosedPeriod, Closing


def closing_of(first: date, last: date, closings: Iterable[PeriodClosed]) -> Closing:
    """The closed periods that have a day of the month, and whether they have all of them. `adjusted_days` are those
    that later closings signed, of whichever closed period they were."""
    known = sorted(closings, key=lambda one: one.sequence)
    here = [one for one in known if one.first <= last and one.last >= first]
    covered = {day for one in here for day in each_day(max(first, one.first), min(last, one.last))}
    days = (last - first).days + 1
    later = [one for one in known if here and one.sequence > here[0].sequence]
    return Closing(
        state="closed" if len(covered) == days else "partly" if covered else "open",
        periods=[
            ClosedPeriod(
                first=one.first, last=one.last, sequence=one.sequence, closed_at=one.closed_at, digest=one.digest
            )
            for one in here
        ],
        adjusted_days=sum(one.adjusted_days for one in later),
    )
