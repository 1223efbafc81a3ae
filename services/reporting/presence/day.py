"""One employee's day, with its punches and what it lacks."""

from dataclasses import dataclass

from kit.mongo import Database, Document
from kit.projector.deadletters import INCOMPLETE
from services.reporting.presence.folds import DAYS, EMPLOYEES


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored of an employee and a date; any part may be missing."""

    employee: Document | None
    day: Document | None
    letters: list[str]


class DayStore:
    """Reads by id."""

    def __init__(self, db: Database, suffix: str) -> None:
        self._employees = db[EMPLOYEES + suffix]
        self._days = db[DAYS + suffix]
        self._incomplete = db[INCOMPLETE]

    async def day(self, employee: str, date: str) -> Found:
        """The day, its employee, and the dead letters that leave them incomplete."""
        return Found(
            employee=await self._employees.find_one({"_id": employee}),
            day=await self._days.find_one({"_id": f"{employee}|{date}"}),
            letters=(await self._incomplete.find_one({"_id": employee}) or {"letters": []})["letters"],
        )

    async def incomplete(self, employees: list[str]) -> set[str]:
        """Which of these lack a record that could not be read."""
        return {row["_id"] async for row in self._incomplete.find({"_id": {"$in": employees}}, {"_id": 1})}

    async def count_incomplete(self) -> int:
        """How many people lack a record."""
        return int(await self._incomplete.estimated_document_count())
