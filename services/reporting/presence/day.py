"""One employee's day, with its punches and what it lacks."""

from dataclasses import dataclass

from kit.mongo import Database, Document
from kit.projector.deadletters import INCOMPLETE
from services.reporting.generation import Generation
from services.reporting.presence.folds import DAYS, EMPLOYEES


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored of an employee and a date; any part may be missing."""

    employee: Document | None
    day: Document | None
    letters: list[str]


class DayStore:
    """Reads by id. Marks of other generations (a rebuild may be running) are nobody's business here."""

    def __init__(self, db: Database, generation: Generation) -> None:
        self._employees = db[EMPLOYEES + generation.suffix]
        self._days = db[DAYS + generation.suffix]
        self._incomplete = db[INCOMPLETE]
        self._ours = f"{generation.view}:"
        # Letter ids begin with the view's name.
        self._lacking: Document = {"letters": {"$gte": self._ours, "$lt": f"{generation.view};"}}

    async def day(self, employee: str, date: str) -> Found:
        """The day, its employee, and the dead letters that leave them incomplete."""
        return Found(
            employee=await self._employees.find_one({"_id": employee}),
            day=await self._days.find_one({"_id": f"{employee}|{date}"}),
            letters=await self.letters(employee),
        )

    async def letters(self, employee: str) -> list[str]:
        """The dead letters that leave an employee incomplete."""
        mark = await self._incomplete.find_one({"_id": employee})
        return sorted(one for one in (mark["letters"] if mark else ()) if one.startswith(self._ours))

    async def incomplete(self, employees: list[str]) -> set[str]:
        """Which of these lack a record that could not be read."""
        return {
            row["_id"] async for row in self._incomplete.find({"_id": {"$in": employees}, **self._lacking}, {"_id": 1})
        }

    async def count_incomplete(self) -> int:
        """How many people lack a record."""
        return int(await self._incomplete.count_documents(self._lacking))
