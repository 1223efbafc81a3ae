"""What is still open in a period: named before it is closed, so that nobody closes over it unknowingly."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kit.mongo import Database, Document
from services.attendance.closings.calendar import Period
from services.attendance.closings.days import PeriodDays
from services.attendance.closings.models import ClosingPreview, OpenCounts, UndecidedCorrection, UndecidedLeave
from services.attendance.corrections.store import COLLECTION as CORRECTIONS
from services.attendance.leave.store import REQUESTS
from services.attendance.sheets.people import Roll

SHOWN = 200


class Opened:
    """Over the collections of days, leave and corrections. `zone` is the agency's."""

    def __init__(self, db: Database, days: PeriodDays, roll: Roll, zone: ZoneInfo) -> None:
        self._leave = db[REQUESTS]
        self._corrections = db[CORRECTIONS]
        self._days = days
        self._roll = roll
        self._zone = zone

    async def of(self, period: Period, obstacle: str | None) -> ClosingPreview:
        """How much of each kind, and the first of them."""
        first, last = period
        pending, days = await self._days.pending(first, last, SHOWN)
        overlapping = {"first": {"$lte": str(last)}, "last": {"$gte": str(first)}}
        waiting: Document = {"status": {"$in": ["waiting", "returned", "cancelling"]}, **overlapping}
        leave = await self._leave.find(waiting).sort([("first", 1), ("_id", 1)]).to_list(SHOWN)
        undecided: Document = {
            "status": {"$in": ["waiting", "returned"]},
            "date": {"$gte": str(first), "$lte": str(last)},
        }
        corrections = await self._corrections.find(undecided).sort([("date", 1), ("_id", 1)]).to_list(SHOWN)
        people = set(await self._roll.within(None, None, first, last))
        unscheduled = sorted(people - await self._days.scheduled(first, last))
        return ClosingPreview(
            first=first,
            last=last,
            obstacle=obstacle,
            ready=await self._days.known_until() >= _end(last, self._zone),
            people=len(people | await self._days.people(first, last)),
            counts=OpenCounts(
                pending_days=days,
                leave=await self._leave.count_documents(waiting),
                corrections=await self._corrections.count_documents(undecided),
                without_schedule=len(unscheduled),
            ),
            pending_days=tuple(pending),
            leave=tuple(
                UndecidedLeave(id=row["_id"], **{name: row[name] for name in ("employee_id", "kind", "first", "last")})
                for row in leave
            ),
            corrections=tuple(
                UndecidedCorrection(id=row["_id"], employee_id=row["employee_id"], day=row["date"], what=row["what"])
                for row in corrections
            ),
            without_schedule=tuple(unscheduled[:SHOWN]),
        )


def _end(last: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(last + timedelta(days=1), time(), zone)
