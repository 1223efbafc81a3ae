"""Days of a person by the range of their ids, days of units by date: the cost is the period, not the history."""

from collections.abc import Collection
from datetime import date
from typing import Any

from kit.mongo import AT_ONCE, Database, Document
from services.reporting.presence.folds import DAYS
from services.reporting.presence.served import FIELDS, SERVED, SERVICE_DAYS
from services.reporting.presence.shares import DATE_MOVES, UNIT_DAYS
from services.reporting.presence.strands import STRANDS

SHOWN = {"punches": 0, "reviews": 0}
COUNTED = {"_id": 0, "unit": 1, "date": 1, "present": 1, SERVED: 1, **{one.name: 1 for one in STRANDS.values()}}
SERVICE = {"_id": 0, "service": 1, "unit": 1, "date": 1, **dict.fromkeys(FIELDS, 1)}


class CardStore:
    """Reads one generation of the view."""

    def __init__(self, db: Database, suffix: str) -> None:
        self._days = db[DAYS + suffix]
        self._units = db[UNIT_DAYS + suffix]
        self._services = db[SERVICE_DAYS + suffix]
        self._moves = db[DATE_MOVES + suffix]

    async def days(self, employee: str, first: date, last: date) -> list[Document]:
        """An employee's days, oldest first, without their punches."""
        query = {"_id": {"$gte": f"{employee}|{first}", "$lte": f"{employee}|{last}"}}
        found: list[Document] = await self._days.find(query, SHOWN).sort("_id", 1).to_list(None)
        return found

    async def moves(self, first: date, last: date) -> dict[str, dict[str, int]]:
        """By date of a period, how often each writer has moved its totals; dates nobody has moved are absent."""
        query = {"_id": {"$gte": str(first), "$lt": f"{last}~"}}
        found: dict[str, dict[str, int]] = {}
        for row in await _all(self._moves, query, {"date": 1, "moves": 1}):
            found.setdefault(row["date"], {})[row["_id"]] = row["moves"]
        return found

    async def unit_days(self, dates: Collection[str], units: Collection[str] | None) -> list[Document]:
        """What each writer counted of each of these days of these units (None: of all), for `rules.summed`."""
        return await _all(self._units, _on(dates, units), COUNTED)

    async def service_days(self, dates: Collection[str], units: Collection[str] | None) -> list[Document]:
        """The same of the units' services."""
        return await _all(self._services, _on(dates, units), SERVICE)


async def _all(collection: Any, query: Document, fields: Document) -> list[Document]:
    # Summed here: for sums of forty fields the database plans longer (25 ms) than it then takes to read and add them.
    rows: list[Document] = await collection.find(query, fields, batch_size=AT_ONCE).to_list(None)
    return rows


def _on(dates: Collection[str], units: Collection[str] | None) -> Document:
    match: Document = {"date": {"$in": list(dates)}}
    return match if units is None else match | {"unit": {"$in": list(units)}}
