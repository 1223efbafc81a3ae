"""What holds for everybody, in MongoDB: one collection a kind, one document a thing, by its id.

Whoever changes something here tells nobody: the clock (services/attendance/days/clock.py) sees that the book is another
one, keeps it under a new version and says so.
"""

from collections.abc import Mapping
from typing import Any

from kit.mongo import DURABLE, Database, Document, Session
from services.attendance.directory.folds import SITES, UNITS
from services.attendance.schedules.book import Book
from services.attendance.schedules.models import Assigned, Beginning, Frozen, Holiday, Pattern, Place, Placed, Ramadan

PATTERNS, HOLIDAYS, RAMADANS, ASSIGNED, BEGINNINGS = "patterns", "holidays", "ramadans", "assigned", "beginnings"
KINDS: Mapping[str, type[Frozen]] = {
    PATTERNS: Pattern,
    HOLIDAYS: Holiday,
    RAMADANS: Ramadan,
    ASSIGNED: Assigned,
    BEGINNINGS: Beginning,
}


class BookStore:
    """`zone` is the agency's own."""

    def __init__(self, db: Database, zone: str) -> None:
        self.db = db
        self._zone = zone

    async def setup(self) -> None:
        """Collections; a transaction cannot make them. Idempotent."""
        existing = set(await self.db.list_collection_names())
        for kind in KINDS:
            if kind not in existing:
                await self.db[kind].create_index([("valid_from", 1)], name="dated")

    async def book(self, session: Session | None = None) -> Book:
        """All of it as it is now, in a steady order."""
        said = {kind: await self._rows(kind, model, session) for kind, model in KINDS.items()}
        places = [
            Place(id=row["_id"], zone=row["zone"], region=row.get("region", ""))
            async for row in self.db[SITES].find(session=session).sort("_id", 1)
        ]
        units = {
            row["_id"]: tuple(Placed(**version) for version in row["versions"])
            async for row in self.db[UNITS].find(session=session).sort("_id", 1)
        }
        return Book(zone=self._zone, places=tuple(places), units=units, **said)

    async def _rows(self, kind: str, model: type[Frozen], session: Session | None) -> tuple[Any, ...]:
        rows = self.db.get_collection(kind, write_concern=DURABLE).find(session=session).sort("_id", 1)
        return tuple([model.model_validate(_stored(row, model)) async for row in rows])


def _stored(row: Document, model: type[Frozen]) -> Document:
    """The fields of the model: what is kept beside them (etag, when changed) is not the book's."""
    return {name: row[name] for name in model.model_fields if name in row}
