"""What plans are made of, of each employee: posts from the directory's copy, and what lies on the sheets."""

from collections.abc import Collection, Sequence
from datetime import date

from kit.access.mongo_copy import EMPLOYEES, FOR_EVER
from kit.mongo import Database, Document, Session
from services.attendance.schedules.book import Person
from services.attendance.schedules.models import Assigned, RosterDay, primary_posts
from services.attendance.sheets.store import Sheets


class Roll:
    """Who is known, and who works where."""

    def __init__(self, db: Database, sheets: Sheets) -> None:
        self._rows = db[EMPLOYEES]
        self._sheets = sheets

    async def known(self, people: Collection[str], session: Session | None = None) -> dict[str, Document]:
        """The copies of those of `people` whom the directory has told of."""
        found = self._rows.find({"_id": {"$in": sorted(people)}}, {"assignments": 1}, session=session)
        return {row["_id"]: row async for row in found}

    async def within(
        self, units: Collection[str] | None, people: Collection[str] | None, first: date, last: date
    ) -> list[str]:
        """Who has the own post in one of `units` (of `people` only; None: whoever) on any day of a period, by id."""
        held = {"kind": "primary", "valid_from": {"$lte": str(last)}}
        ending = {"$or": [{"valid_to": None}, {"valid_to": {"$gte": str(first)}}]}
        inside = {"unit_id": {"$in": sorted(units)}} if units is not None else {}
        query: Document = {"assignments": {"$elemMatch": {**held, **ending, **inside}}}
        if people is not None:
            query["_id"] = {"$in": sorted(people)}
        return [row["_id"] async for row in self._rows.find(query, {"_id": 1}).sort("_id", 1)]

    async def persons(
        self, people: Collection[str], first: date, last: date, session: Session | None = None
    ) -> list[Person]:
        """As `plans_of` wants them, with what is rostered in a period; who is not known has no post. In order of id."""
        known = await self.known(people, session)
        sheets = await self._sheets.rosters(people, first, last, session)
        owns = await self._sheets.owns(people, session)
        return [person_of(one, known.get(one), owns.get(one, ()), sheets.get(one, ())) for one in sorted(people)]


def person_of(
    employee_id: str, row: Document | None, assigned: Sequence[Assigned], roster: Sequence[RosterDay]
) -> Person:
    """From the copy of the directory and the sheets."""
    posts = primary_posts((row or {}).get("assignments", ()))
    return Person(employee_id=employee_id, posts=posts, assigned=tuple(assigned), roster=tuple(roster))


def unit_on(person: Person, day: date) -> str | None:
    """The unit of the own post on a day."""
    text = str(day)
    held = [one for one in person.posts if str(one.valid_from) <= text <= str(one.valid_to or FOR_EVER)]
    return held[-1].unit_id if held else None
