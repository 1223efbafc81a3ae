"""The assessed days of many people, as closings need them. Written by the assessor alone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime

from kit.days import each_day
from kit.mongo import Database, Document
from services.attendance.closings.figures import Known
from services.attendance.closings.models import PendingDay
from services.attendance.days.batch import CLOCKS, DAYS, SUFFIX
from services.attendance.days.documents import SAID, aware, said_between
from services.attendance.days.history import SETTLES
from services.attendance.days.slots import SLOTS
from services.attendance.days.spans import EPOCH


class PeriodDays:
    """Over the assessor's collections."""

    def __init__(self, db: Database) -> None:
        self._days = db[DAYS + SUFFIX]
        self._clocks = db[CLOCKS + SUFFIX]

    async def of(self, people: Collection[str], first: date, last: date) -> dict[str, list[Known]]:
        """The days there are of a period, by employee and in order."""
        query = said_between(first, last, people)
        found: dict[str, list[Known]] = {}
        async for row in self._days.find(query, SAID).sort([("employee_id", 1), ("day", 1)]):
            found.setdefault(row["employee_id"], []).append(_known(row))
        return found

    async def anew(self, closings: Iterable[Document], people: Collection[str]) -> dict[str, list[Known]]:
        """Closed days that were said anew since their period was closed, by employee. Some are what they were."""
        found: dict[str, list[Known]] = {}
        for closing in closings:
            query = {"employee_id": {"$in": sorted(people)}, **_since(closing)}
            async for row in self._days.find(query, SAID):
                found.setdefault(row["employee_id"], []).append(_known(row))
        return found

    async def people_anew(self, closings: Iterable[Document]) -> list[str]:
        """Whose closed days were said anew, in order."""
        found: set[str] = set()
        for closing in closings:
            days = [str(day) for day in each_day(*_dates(closing))]
            query = {**_since(closing), "day": {"$in": days}}
            found.update(await self._days.distinct("employee_id", query))
        return sorted(found)

    async def people(self, first: date, last: date) -> set[str]:
        """Who has an assessed day in a period."""
        return set(await self._days.distinct("employee_id", said_between(first, last)))

    async def scheduled(self, first: date, last: date) -> set[str]:
        """For whom a schedule said something of any date of a period."""
        asked = {**said_between(first, last), "said.status": {"$ne": "no_schedule"}}
        return set(await self._days.distinct("employee_id", asked))

    async def pending(self, first: date, last: date, most: int) -> tuple[list[PendingDay], int]:
        """Days that may still change, in order of date, at most some; and how many there are."""
        query = {**said_between(first, last), "said.missing.0": {"$exists": True}}
        rows: Sequence[Document] = await self._days.find(query, SAID).sort([("day", 1), ("_id", 1)]).to_list(most)
        found = [
            PendingDay(employee_id=row["employee_id"], day=row["day"], missing=row["said"]["missing"]) for row in rows
        ]
        return found, int(await self._days.count_documents(query))

    async def known_until(self) -> datetime:
        """Up to when everybody's days are assessed."""
        rows = {row["_id"]: row async for row in self._clocks.find({}, {"until": 1, "behind": 1})}
        if any(slot not in rows or rows[slot].get("behind") for slot in SLOTS):
            return EPOCH
        return min(aware(row["until"]) for row in rows.values())


def _between(first: date, last: date) -> Document:
    return {"$gte": str(first), "$lte": str(last)}


def _dates(closing: Document) -> tuple[date, date]:
    return date.fromisoformat(closing["first"]), date.fromisoformat(closing["last"])


def _since(closing: Document) -> Document:
    # A transaction of the assessor that was under way then says a day with a moment a little before.
    asked: datetime = closing["asked_at"]
    return {"day": _between(*_dates(closing)), "said_at": {"$gt": asked.astimezone(UTC) - SETTLES}}


def _known(row: Document) -> Known:
    return Known(date.fromisoformat(row["day"]), row["version"], row["said"])
