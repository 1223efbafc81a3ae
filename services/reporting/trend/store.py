"""A unit's weeks and months by their rows, a person's by the range of the days' ids: the cost is the line, not the
history."""

from collections.abc import Collection, Sequence
from datetime import date

from kit.mongo import Database, Document
from kit.projector.shards import shard_ids
from services.reporting.presence.folds import DAYS, HEADCOUNTS
from services.reporting.presence.periods import EFFECTIVE, UNIT_PERIODS

DAY = {"date": 1, "count": 1, "strands.work.effective_minutes": 1, "strands.rated.ratings": 1, "strands.rated.stars": 1}


class TrendStore:
    """Reads one generation of the view."""

    def __init__(self, db: Database, suffix: str) -> None:
        self._days = db[DAYS + suffix]
        self._units = db[UNIT_PERIODS + suffix]
        self._heads = db[HEADCOUNTS["unit_id"] + suffix]

    async def days(self, employee: str, first: date, last: date) -> list[Document]:
        """An employee's days, with what a line shows of them."""
        query = {"_id": {"$gte": f"{employee}|{first}", "$lte": f"{employee}|{last}"}}
        found: list[Document] = await self._days.find(query, DAY).to_list(None)
        return found

    async def periods(self, periods: Sequence[str], units: Collection[str] | None) -> dict[str, Document]:
        """Sums of units (None: of all) by period; one without any fact is absent."""
        match: Document = {"period": {"$in": list(periods)}}
        group = {
            "_id": "$period",
            "present": {"$sum": "$present"},
            "effective": {"$sum": f"${EFFECTIVE}"},
            "ratings": {"$sum": "$served.released"},
            "stars": {"$sum": "$served.stars"},
        }
        match |= {} if units is None else {"unit": {"$in": list(units)}}
        return {row["_id"]: row async for row in self._units.aggregate([{"$match": match}, {"$group": group}])}

    async def headcounts(self, units: Collection[str] | None) -> dict[str, int]:
        """By date, how the number of people of units changes."""
        match = {} if units is None else {"_id": {"$in": [one for total in units for one in shard_ids(total)]}}
        rows = self._heads.aggregate(
            [
                {"$match": match},
                {"$project": {"change": {"$objectToArray": {"$ifNull": ["$changes", {}]}}}},
                {"$unwind": "$change"},
                {"$group": {"_id": "$change.k", "people": {"$sum": "$change.v"}}},
            ]
        )
        return {row["_id"]: row["people"] async for row in rows}
