"""What has changed of closed days and is not signed yet: it belongs to the next period that is closed."""

from collections.abc import Collection, Sequence
from datetime import date

from kit.days import each_day
from kit.mongo import Document
from services.attendance.closings.days import PeriodDays
from services.attendance.closings.figures import adjustments, settled
from services.attendance.closings.models import Adjustment
from services.attendance.closings.store import Closings, period_of


class Changes:
    """Closed figures against the days as they are now."""

    def __init__(self, closings: Closings, days: PeriodDays) -> None:
        self._closings = closings
        self._days = days

    async def of(self, people: Collection[str], closed: Sequence[Document]) -> dict[str, list[Adjustment]]:
        """By employee; who has none is left out. `closed` are the closings whose figures are signed."""
        anew = await self._days.anew(closed, people)
        if not anew:
            return {}
        kept = await self._closings.of_people(anew)
        periods: dict[date, date] = {}
        for row in closed:
            period = period_of(row)
            periods |= dict.fromkeys(each_day(*period), period.first)
        signed = {period_of(row).first for row in closed}
        found = {}
        for who, days in anew.items():
            own = [one for one in kept.get(who, ()) if one.period in signed]
            if changed := adjustments(settled(own), days, periods):
                found[who] = changed
        return found
