"""Who punched last: from the change feed, which remembers an hour; no index over all days is needed for it."""

from kit.mongo import Database, Document
from kit.projector.projection import FEED
from services.reporting.presence.people import PeopleStore, Row, Whose
from services.reporting.presence.persons import newest_first
from services.reporting.presence.rules import present

CHANGES_AT_ONCE = 50
CHANGES_MOST = 500


class LatestStore:
    """Reads the feed backwards until enough people are found; `CHANGES_MOST` batches at most."""

    def __init__(self, db: Database, suffix: str, people: PeopleStore) -> None:
        self._feed = db[FEED + suffix]
        self._people = people

    async def rows(self, whose: Whose, date: str, limit: int) -> list[Row]:
        """At most `limit` of these people with the newest punches of the past hour, newest first."""
        days: dict[str, Document] = {}
        looked: set[str] = set()
        cursor = self._feed.find({"days.0": {"$exists": True}}, {"days": 1}).sort("at", -1).limit(CHANGES_MOST)
        cursor.batch_size(CHANGES_AT_ONCE)
        while len(days) < limit and (batch := await cursor.to_list(CHANGES_AT_ONCE)):
            fresh = {one for change in batch for one in change["days"] if one.endswith(date)} - looked
            looked |= fresh
            for identity, day in (await self._people.days(sorted(fresh))).items():
                if day["unit"] is not None and present(day) and whose.holds(day["employee"], day["unit"]):
                    days[identity] = day
        newest = newest_first(list(days.values()))[:limit]
        names = await self._people.people([day["employee"] for day in newest])
        return [(names[day["employee"]], day) for day in newest if day["employee"] in names]
