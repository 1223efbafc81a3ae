"""Reads months by index: the cost is the page, or the people of the file, never the days."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kit.mongo import AT_ONCE, Database, Document
from kit.projector.deadletters import INCOMPLETE
from services.reporting.months.folds import CASES, EMPLOYEE_MONTHS, GENERATION, UNIT_MONTHS, Months
from services.reporting.months.rules import FIELDS, added, open_cases
from services.reporting.presence.folds import EMPLOYEES
from services.reporting.presence.people import Whose, read_cursor, write_cursor

VIEW = f"{Months.name}_v{GENERATION}"
SUFFIX = f"_v{GENERATION}"
AT_A_TIME = 500
Sums = dict[str, int]


@dataclass(frozen=True, slots=True)
class Page:
    """Months in the order of names, and where to go on."""

    rows: list[Document]
    next_cursor: str | None


class MonthStore:
    """Reads the months view."""

    def __init__(self, db: Database, suffix: str) -> None:
        """`suffix` is that of the presence view, whose copy of the directory knows numbers and posts."""
        self._employees = db[EMPLOYEES + suffix]
        self._months = db[EMPLOYEE_MONTHS + SUFFIX]
        self._units = db[UNIT_MONTHS + SUFFIX]
        self._cases = db[CASES + SUFFIX]
        self._incomplete = db[INCOMPLETE]

    async def page(self, whose: Whose, month: str, limit: int, cursor: str | None) -> Page:
        """The next people, without their days. Raises BadCursor."""
        query = query_of(whose, month)
        if cursor is not None:
            name, identity = read_cursor(cursor)
            others = {"name": {"$gte": name}, "$or": [{"name": {"$gt": name}}, {"_id": {"$gt": identity}}]}
            query = {"$and": [query, others]}
        rows = await self._in_order(whose, query, {"days": 0}).limit(limit + 1).to_list(None)
        return Page(rows[:limit], write_cursor(rows[limit - 1]) if len(rows) > limit else None)

    async def all(self, whose: Whose, month: str) -> AsyncIterator[list[Document]]:
        """Everybody with all days, some at a time."""
        cursor = self._in_order(whose, query_of(whose, month), None).batch_size(AT_A_TIME)
        while rows := await cursor.to_list(AT_A_TIME):
            yield rows

    async def of_units(self, month: str, units: Collection[str] | None) -> dict[str, Sums]:
        """What everybody's days come to, by unit. None: all there are."""
        query: Document = {"month": month} if units is None else {"month": month, "unit": {"$in": list(units)}}
        return _by_unit(await self._units.find(query, batch_size=AT_ONCE).to_list(None))

    async def of_people(self, whose: Whose, month: str) -> dict[str, Sums]:
        """What the days of some come to, by unit."""
        rows = await self._months.find(query_of(whose, month), {"employee": 1, "parts": 1}).to_list(None)
        return _by_unit([part for row in rows for part in parts_in(whose, row)])

    async def open_cases(self, employees: Collection[str]) -> dict[str, int]:
        """How many indications of each wait for a decision; who has none may be absent."""
        rows = self._cases.find({"_id": {"$in": list(employees)}}, {"cases.status": 1})
        return {row["_id"]: open_cases(row) async for row in rows}

    async def people(self, employees: Collection[str]) -> dict[str, Document]:
        """Numbers and posts by employee."""
        rows = self._employees.find({"_id": {"$in": list(employees)}}, {"numbers": 1, "assignments": 1})
        return {row["_id"]: row for row in await rows.to_list(None)}

    async def count_incomplete(self) -> int:
        """How many people lack a record that could not be folded."""
        letters = {"$gte": f"{VIEW}:", "$lt": f"{VIEW};"}
        return int(await self._incomplete.count_documents({"letters": letters}))

    def _in_order(self, whose: Whose, query: Document, fields: Document | None) -> Any:
        cursor = self._months.find(query, fields).sort([("name", 1), ("_id", 1)])
        # Named as for people by name (presence/people.py): of a small unit not everybody is walked.
        return cursor if (index := whose.index()) is None else cursor.hint(index)


def query_of(whose: Whose, month: str) -> Document:
    """Months of people with a day in a unit in reach, and of those in reach by name with one in a unit shown."""
    mine = {"month": month, **_in_units(whose.units)}
    if not whose.people:
        return mine
    named = {"_id": {"$in": [f"{one}|{month}" for one in sorted(whose.people)]}, **_in_units(whose.within)}
    return named if whose.units is not None and not whose.units else {"$or": [mine, named]}


def parts_in(whose: Whose, month: Mapping[str, Any]) -> list[Document]:
    """What somebody's days come to in the units that are in reach and shown."""
    return [part for part in month["parts"] if whose.holds(month["employee"], part["unit"])]


def _in_units(units: Collection[str] | None) -> Document:
    return {} if units is None else {"units": {"$in": list(units)}}


def _by_unit(rows: list[Document]) -> dict[str, Sums]:
    found: dict[str, Sums] = {}
    for row in rows:
        sums = found.setdefault(row["unit"], dict.fromkeys(FIELDS, 0))
        for field in FIELDS:
            sums[field] += row.get(field, 0)
    return found


def taken_together(found: Mapping[str, Sums], units: Collection[str] | None) -> Sums:
    """The sums of some units; None: of all, those that no tree knows included."""
    return added(found.values() if units is None else (found[unit] for unit in units if unit in found))
