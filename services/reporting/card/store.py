"""Days of a person by the range of their ids, days of units by date: the cost is the period, not the history."""

from collections.abc import Collection
from datetime import date
from typing import Any

from kit.mongo import Database, Document
from services.reporting.presence.folds import DAYS
from services.reporting.presence.shares import UNIT_DAYS
from services.reporting.presence.strands import STRANDS

SHOWN = {"punches": 0, "reviews": 0}


class CardStore:
    """Reads one generation of the view."""

    def __init__(self, db: Database, suffix: str) -> None:
        self._days = db[DAYS + suffix]
        self._units = db[UNIT_DAYS + suffix]

    async def days(self, employee: str, first: date, last: date) -> list[Document]:
        """An employee's days, oldest first, without their punches."""
        query = {"_id": {"$gte": f"{employee}|{first}", "$lte": f"{employee}|{last}"}}
        found: list[Document] = await self._days.find(query, SHOWN).sort("_id", 1).to_list(None)
        return found

    async def by_day(self, first: date, last: date, units: Collection[str] | None) -> list[Document]:
        """Sums of units (None: of all) by day, oldest first: `_id` is the date."""
        return await self._summed("$date", first, last, units)

    async def by_unit(self, first: date, last: date, units: Collection[str] | None) -> dict[str, Document]:
        """Sums of a period by unit."""
        return {row["_id"]: row for row in await self._summed("$unit", first, last, units)}

    async def _summed(self, by: str, first: date, last: date, units: Collection[str] | None) -> list[Document]:
        match: Document = {"date": {"$gte": str(first), "$lte": str(last)}}
        if units is not None:
            match["unit"] = {"$in": list(units)}
        fields = [f"{one.name}.{field}" for one in STRANDS.values() for field in ("people", *one.sums)]
        # A group's fields have no dots: `work_minutes` is `work.minutes`.
        sums: dict[str, Any] = {field.replace(".", "_", 1): {"$sum": f"${field}"} for field in fields}
        group = {"_id": by, "present": {"$sum": "$present"}, **sums}
        rows: list[Document] = await self._units.aggregate(
            [{"$match": match}, {"$group": group}, {"$sort": {"_id": 1}}]
        ).to_list(None)
        return rows
