"""People of a unit subtree on a date, in the order of their names, with their day."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kit.access.mongo_copy import holding
from kit.mongo import Database, Document
from services.reporting.presence.folds import DAYS, EMPLOYEES
from services.reporting.presence.models import Wanted
from services.reporting.presence.rules import FOR_EVER
from services.reporting.presence.states import state_of

CHUNK = 500
SCANNED_MOST = 5_000
MATCHES_MOST = 2_000
PERSON = {"name": 1, "assignments": 1}
DAY = {"punches": 0}
_KEY = TypeAdapter(tuple[str, str])

Row = tuple[Document, Document | None]
"""An employee and the day, or None when there is no punch."""


class BadCursor(ValueError):
    """Not a cursor of ours."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, where to go on, and how many there are in all when that was counted."""

    rows: list[Row]
    next_cursor: str | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is asked for: people in a state, at most `limit` of them after the one that `cursor` names,
    by name from A to Z or back."""

    state: Wanted
    limit: int
    cursor: str | None = None
    backwards: bool = False

    def after(self) -> tuple[str, str] | None:
        """(name, id) of the last person of the part before. Raises BadCursor."""
        return None if self.cursor is None else read_cursor(self.cursor)

    def follows(self, person: Document, after: tuple[str, str] | None) -> bool:
        """Whether a person comes after another in this order."""
        if after is None:
            return True
        key = (person["name"], person["_id"])
        return key < after if self.backwards else key > after


@dataclass(frozen=True, slots=True)
class Whose:
    """People whose primary post is in one of `units` (None: in any); beside them those of `people` by id whose post is
    in one of `within` (None: in any)."""

    units: Collection[str] | None
    people: Collection[str] = ()
    within: Collection[str] | None = None

    def query(self, date: str) -> Document:
        """The employees, as they were on a date."""
        if not self.people:
            return _held(self.units, date)
        named = {"_id": {"$in": sorted(self.people)}, **_held(self.within, date)}
        return {"$or": [_held(self.units, date), named]}

    def index(self) -> str | None:
        """The index that serves the query in the order of names; None: few people, any will do."""
        if self.people:
            return None
        # Named, because the planner at times walks all names to find the few of one small unit.
        return "by_name" if self.units is None else "by_unit"

    def holds(self, employee: str, unit: str) -> bool:
        """Whether somebody with the own post in a unit is among them."""
        if self.units is None or unit in self.units:
            return True
        return employee in self.people and (self.within is None or unit in self.within)


class PeopleStore:
    """Reads employees by (name, id) and their days by id: the cost is the page, not the history."""

    def __init__(self, db: Database, suffix: str) -> None:
        self._employees = db[EMPLOYEES + suffix]
        self._days = db[DAYS + suffix]

    async def page(self, whose: Whose, date: str, part: Part) -> Page:
        """The next people in a state. Looks at `SCANNED_MOST` people at most, so a page may be short."""
        after, limit = part.after(), part.limit
        rows: list[Row] = []
        scanned = 0
        while scanned < SCANNED_MOST:
            size = limit + 1 if part.state == "all" else CHUNK
            chunk = await self._people(whose, whose.query(date), after, size, part.backwards)
            scanned += len(chunk)
            rows += [row for row in await self._with_days(chunk, date) if is_in(row, part.state)]
            if len(rows) > limit:
                return Page(rows[:limit], write_cursor(rows[limit - 1][0]), None)
            if len(chunk) < size:
                return Page(rows, None, None)
            after = (chunk[-1]["name"], chunk[-1]["_id"])
        return Page(rows, write_cursor({"name": after[0], "_id": after[1]}) if after else None, None)

    async def search(self, whose: Whose, date: str, part: Part, text: str) -> Page:
        """People whose name contains `text`. Counted when not more than `MATCHES_MOST` names match."""
        after, limit = part.after(), part.limit
        query = whose.query(date) | {"name": {"$regex": re.escape(text), "$options": "i"}}
        found = await self._people(whose, query, None, MATCHES_MOST + 1, part.backwards)
        rows = [row for row in await self._with_days(found, date) if is_in(row, part.state)]
        total = len(rows) if len(found) <= MATCHES_MOST else None
        left = [row for row in rows if part.follows(row[0], after)]
        more = len(left) > limit
        return Page(left[:limit], write_cursor(left[limit - 1][0]) if more else None, total)

    async def count(self, whose: Whose, date: str) -> int:
        """How many there are."""
        counted: int = await self._employees.count_documents(whose.query(date))
        return counted

    async def days(self, ids: Sequence[str]) -> dict[str, Document]:
        """Days by id `<employee>|<date>`, without their punches."""
        return {day["_id"]: day async for day in self._days.find({"_id": {"$in": list(ids)}}, DAY)}

    async def people(self, ids: Collection[str]) -> dict[str, Document]:
        """Names and assignments by employee id."""
        return {one["_id"]: one async for one in self._employees.find({"_id": {"$in": list(ids)}}, PERSON)}

    async def _people(
        self, whose: Whose, query: Document, after: tuple[str, str] | None, size: int, backwards: bool
    ) -> list[Document]:
        way, beyond = (-1, "$lt") if backwards else (1, "$gt")
        if after is not None:
            name, identity = after
            others = {"name": {f"{beyond}e": name}, "$or": [{"name": {beyond: name}}, {"_id": {beyond: identity}}]}
            query = {"$and": [query, others]}
        cursor = self._employees.find(query, PERSON).sort([("name", way), ("_id", way)]).limit(size)
        if (index := whose.index()) is not None:
            cursor = cursor.hint(index)
        found: list[Document] = await cursor.to_list(None)
        return found

    async def _with_days(self, people: Sequence[Document], date: str) -> list[Row]:
        days = await self.days([f"{one['_id']}|{date}" for one in people]) if people else {}
        return [(one, days.get(f"{one['_id']}|{date}")) for one in people]


def is_in(row: Row, wanted: Wanted) -> bool:
    """Whether a row is in the state asked for."""
    return wanted == "all" or state_of(row[1]) == wanted


def held_on(assignments: Sequence[Mapping[str, Any]], date: str) -> Mapping[str, Any] | None:
    """The primary post held on a date, as `rules.place` finds it."""
    for held in assignments:
        if held["kind"] == "primary" and held["valid_from"] <= date <= (held.get("valid_to") or FOR_EVER):
            return held
    return None


def _held(units: Collection[str] | None, date: str) -> Document:
    """Who holds a primary post on the date, in one of the units."""
    where: Document = {} if units is None else {"unit_id": {"$in": list(units)}}
    return holding({"kind": "primary", **where}, date)


def write_cursor(person: Mapping[str, Any]) -> str:
    """Where the next page starts: after this person."""
    return urlsafe_b64encode(_KEY.dump_json((person["name"], person["_id"]))).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[str, str]:
    """(name, id) of the last person of the page before. Raises BadCursor."""
    try:
        return _KEY.validate_json(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, ValidationError) as error:
        raise BadCursor(cursor) from error
