"""Totals per unit and site, summed from their shards: the cost is the shards of one date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kit.mongo import AT_ONCE, Database, Document
from kit.projector.shards import shard_ids
from services.reporting.presence.folds import HEADCOUNTS
from services.reporting.presence.shares import SITE_DAYS, UNIT_DAYS


@dataclass(frozen=True, slots=True)
class Counted:
    """What the shards of one unit or site say of one date: people `present`, and of the others those who are `away` or
    `off` (states.py). `arrived`, of sites only: people who punched there first."""

    present: int = 0
    away: int = 0
    off: int = 0
    arrived: int = 0
    last_at: datetime | None = None


class TotalsStore:
    """Reads the shards of one generation. `None` for units means all there are."""

    def __init__(self, db: Database, suffix: str) -> None:
        self._unit_days = db[UNIT_DAYS + suffix]
        self._site_days = db[SITE_DAYS + suffix]
        self._unit_heads = db[HEADCOUNTS["unit_id"] + suffix]
        self._site_heads = db[HEADCOUNTS["site_id"] + suffix]

    async def units(self, date: str, units: Collection[str] | None) -> dict[str, Counted]:
        """Present people by unit; units without any punch are absent."""
        return await _counted(self._unit_days, "unit", date, units)

    async def sites(self, date: str) -> dict[str, Counted]:
        """Present people by site."""
        return await _counted(self._site_days, "site", date, None)

    async def expected_in_units(self, date: str, units: Collection[str] | None) -> dict[str, int]:
        """People whose primary post is in a unit on a date; units that never had any are absent."""
        return await _headcounts(self._unit_heads, "unit", date, units)

    async def expected_at_sites(self, date: str) -> dict[str, int]:
        """People whose primary post is at a site on a date."""
        return await _headcounts(self._site_heads, "site", date, None)

    async def arrivals(self, date: str, units: Collection[str] | None) -> dict[str, int]:
        """People by the five-minute stretch of local time (`HHMM`) of their first punch."""
        rows = self._unit_days.aggregate(
            [
                {"$match": _on(date, "unit", units)},
                {"$project": {"bucket": {"$objectToArray": {"$ifNull": ["$arrivals", {}]}}}},
                {"$unwind": "$bucket"},
                {"$group": {"_id": "$bucket.k", "count": {"$sum": "$bucket.v"}}},
                {"$sort": {"_id": 1}},
            ]
        )
        return {row["_id"]: row["count"] async for row in rows if row["count"] > 0}


def _on(date: str, of: str, wanted: Collection[str] | None) -> Document:
    return {"date": date} if wanted is None else {"date": date, of: {"$in": list(wanted)}}


async def _counted(collection: Any, of: str, date: str, wanted: Collection[str] | None) -> dict[str, Counted]:
    rows = collection.aggregate(
        [
            {"$match": _on(date, of, wanted)},
            {
                "$group": {
                    "_id": f"${of}",
                    "present": {"$sum": "$present"},
                    "away": {"$sum": "$away"},
                    "off": {"$sum": "$off"},
                    "arrived": {"$sum": "$arrived"},
                    "last_at": {"$max": "$last_at"},
                }
            },
        ]
    )
    return {row.pop("_id"): Counted(**row) async for row in rows}


async def _headcounts(collection: Any, of: str, date: str, wanted: Collection[str] | None) -> dict[str, int]:
    """The sum of the dated changes up to `date`, over all shards."""
    match: Document = {} if wanted is None else {"_id": {"$in": [one for total in wanted for one in shard_ids(total)]}}
    rows: list[Document] = await collection.find(match, {of: 1, "changes": 1}, batch_size=AT_ONCE).to_list(None)
    # Added up here: a handful of numbers a row, for which the database would plan longer than it takes to read them.
    found: dict[str, int] = {}
    for row in rows:
        so_far = sum(more for since, more in row.get("changes", {}).items() if since <= date)
        found[row[of]] = found.get(row[of], 0) + so_far
    return found
