"""What the journal holds of a terminal's days: for counts against the terminal's own, and for files.

By index (device, days); reads a few days of one terminal, never the history.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from kit.journal import COLLECTION
from kit.mongo import Database
from services.attendance.quarantine.store import LINES

MOST_DAYS = 400


class StoredPunch(NamedTuple):
    """One distinct punch as journaled."""

    id: str
    employee_id: str
    occurred_at: str
    ambiguous: bool


class StoredPunches:
    """Reads of the journal by terminal and local day."""

    def __init__(self, db: Database) -> None:
        self._events = db.get_collection(COLLECTION)
        self._lines = db.get_collection(LINES)

    async def setup(self) -> None:
        """The index. Entries that are of no terminal are not in it. Idempotent."""
        await self._events.create_index(
            [("device", 1), ("days", 1)], name="device_days", partialFilterExpression={"device": {"$exists": True}}
        )

    async def of_days(self, serial: str, days: Collection[str]) -> dict[str, StoredPunch]:
        """Distinct punches of a terminal on those local dates, by punch id."""
        found: dict[str, StoredPunch] = {}
        if not days:
            return found
        wanted = set(days)
        cursor = self._events.find({"device": serial, "days": {"$in": sorted(wanted)}}, {"facts.data": 1})
        async for entry in cursor:
            for fact in entry["facts"]:
                punch = json.loads(fact["data"])
                if punch["local_date"] in wanted:
                    found[punch["punch_id"]] = StoredPunch(
                        punch["punch_id"],
                        punch["employee_id"],
                        punch["occurred_at"],
                        "ambiguous_columns" in punch["flags"],
                    )
        return found

    async def received_between(self, serial: str, start: str, end: str, instants: tuple[str, str]) -> int:
        """Distinct lines of a terminal in a period: punches stored and lines that wait for a person.

        `start` and `end` are local times "YYYY-MM-DD HH:MM:SS", inclusive; `instants` are the same two in RFC 3339
        UTC. This is what VERIFY SUM is compared with: a line in quarantine is received, not lost.
        """
        days = days_between(start[:10], end[:10])
        punches = await self.of_days(serial, days)
        full = [punch for punch in punches.values() if not punch.ambiguous]
        seconds = {(punch.employee_id, punch.occurred_at) for punch in full}
        stored = [
            punch
            for punch in punches.values()
            if instants[0] <= punch.occurred_at <= instants[1]
            and not (punch.ambiguous and (punch.employee_id, punch.occurred_at) in seconds)
        ]
        held = await self._lines.distinct(
            "line", {"serial": serial, "local_time": {"$gte": start, "$lte": end}, "state": {"$ne": "accepted"}}
        )
        return len(stored) + len(held)


def days_between(first: str, last: str) -> list[str]:
    """All dates of a period, at most MOST_DAYS."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    count = min((end - start).days + 1, MOST_DAYS)
    return [(start + timedelta(days=number)).isoformat() for number in range(max(0, count))]


def instants_of(punches: Iterable[StoredPunch]) -> set[tuple[str, str]]:
    """Employee and second of each full punch: an ambiguous file line of the same second is the same punch."""
    return {(punch.employee_id, punch.occurred_at) for punch in punches if not punch.ambiguous}
