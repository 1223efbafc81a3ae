"""Days of a person by the range of their ids, days of units by date: the cost is the period, not the history."""

from collections.abc import Collection
from datetime import date
from typing import Any

from kit.mongo import Database, Document
from services.reporting.presence.folds import DAYS
from services.reporting.presence.served import FIELDS, SERVED, SERVICE_DAYS
from services.reporting.presence.shares import UNIT_DAYS
from services.reporting.presence.strands import STRANDS

SERVICES_MOST = 200
SHOWN = {"punches": 0, "reviews": 0}


class CardStore:
    """Reads one generation of the view."""

    def __init__(self, db: Database, suffix: str) -> None:
        self._days = db[DAYS + suffix]
        self._units = db[UNIT_DAYS + suffix]
        self._services = db[SERVICE_DAYS + suffix]

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

    async def services(self, first: date, last: date, units: Collection[str] | None) -> list[Document]:
        """Sums of the units' services over a period, most ratings first: `_id` is the service."""
        group = {"_id": "$service", "unit": {"$last": "$unit"}, **{field: {"$sum": f"${field}"} for field in FIELDS}}
        stages: list[Document] = [{"$match": _within(first, last, units)}, {"$group": group}]
        rows: list[Document] = await self._services.aggregate(
            [*stages, {"$sort": {"ratings": -1, "_id": 1}}, {"$limit": SERVICES_MOST}]
        ).to_list(None)
        return rows

    async def _summed(self, by: str, first: date, last: date, units: Collection[str] | None) -> list[Document]:
        fields = [f"{one.name}.{field}" for one in STRANDS.values() for field in ("people", *one.sums)]
        fields += [f"{SERVED}.{field}" for field in FIELDS]
        # A group's fields have no dots: `work_minutes` is `work.minutes`.
        sums: dict[str, Any] = {field.replace(".", "_", 1): {"$sum": f"${field}"} for field in fields}
        group = {"_id": by, "present": {"$sum": "$present"}, **sums}
        rows: list[Document] = await self._units.aggregate(
            [{"$match": _within(first, last, units)}, {"$group": group}, {"$sort": {"_id": 1}}]
        ).to_list(None)
        return rows


def _within(first: date, last: date, units: Collection[str] | None) -> Document:
    match: Document = {"date": {"$gte": str(first), "$lte": str(last)}}
    return match if units is None else match | {"unit": {"$in": list(units)}}
