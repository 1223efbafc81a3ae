"""Days to look at, by an index that holds only them: the cost is what there is to see."""

from collections.abc import Collection
from datetime import date

from pymongo import DESCENDING

from kit.mongo import Database, Document
from services.reporting.presence.folds import DAYS
from services.reporting.presence.people import Whose


class AttentionStore:
    """Reads one generation of the view."""

    def __init__(self, db: Database, suffix: str) -> None:
        self._days = db[DAYS + suffix]

    async def days(self, whose: Whose, first: date, last: date, limit: int) -> list[Document]:
        """The days of some people that have a reason, newest first."""
        query: Document = {"attention": {"$exists": True}, "date": {"$gte": str(first), "$lte": str(last)}}
        named: Document = {"employee": {"$in": sorted(whose.people)}, **_in(whose.within)}
        query |= {"$or": [_in(whose.units), named]} if whose.people else _in(whose.units)
        found = self._days.find(query, {"punches": 0, "reviews": 0}).sort([("date", DESCENDING), ("_id", 1)])
        rows: list[Document] = await found.to_list(limit)
        return rows


def _in(units: Collection[str] | None) -> Document:
    return {} if units is None else {"unit": {"$in": list(units)}}
