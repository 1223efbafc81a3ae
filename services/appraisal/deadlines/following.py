"""Follows every entry: a timer while it waits, and what its superior is counted for, in the entry's own transaction."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pymongo import ReturnDocument

from contracts.events.appraisal import ValidationTallied
from kit.access.people import People
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Client, Database, Document, Session
from kit.timers import Timer, Timers

ENTRIES, DAYS = "activities", "validation_days"
DUE = "validation-due"
DECIDED = ("validated", "returned", "rejected")


class Deadlines:
    """`zone` is the agency's: by its clock a day is over. `timers` are to be run by some process."""

    def __init__(
        self,
        client: Client,
        db: Database,
        journal: Journal,
        people: People,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        self.timers = Timers(client, db, {DUE: self.passed}, clock=clock)
        self._entries = db.get_collection(ENTRIES, write_concern=DURABLE)
        self._days = db.get_collection(DAYS, write_concern=DURABLE)
        self._journal = journal
        self._people = people
        self._zone = zone

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self.timers.setup()
        await self._days.create_index([("employee_id", 1), ("date", 1)], name="own")

    async def follow(self, before: Mapping[str, Any] | None, after: Document, now: datetime, session: Session) -> None:
        """An entry has changed. It has a timer from when it begins to wait until it does not any more: an edit of one
        that waits changes nothing about when it is due."""
        waited = before is not None and before["status"] == "waiting"
        waits = after["status"] == "waiting"
        if waits and not waited:
            await self.timers.set(
                DUE, after["_id"], end_of(after["due_on"], self._zone), {"due_on": after["due_on"]}, session
            )
        if waited and not waits:
            await self.timers.cancel(DUE, after["_id"], session)
            by = after["steps"][-1]["by"]
            if after["status"] in DECIDED and by is not None:  # an account that is nobody's has no card
                late = str(now.date()) > after["due_on"]
                await self._count(by, now.date(), {"decided": 1, "late": int(late)}, now, session)

    async def passed(self, timer: Timer, session: Session) -> None:
        """The day by which an entry was to be decided is over. Counted on the day after, by whoever is the superior
        then, however late this runs."""
        entry: Document | None = await self._entries.find_one({"_id": timer.key}, session=session)
        due_on = timer.payload["due_on"]
        if entry is None or entry["status"] != "waiting" or entry["due_on"] != due_on:
            return
        day = date.fromisoformat(due_on) + timedelta(days=1)
        superior = await self._people.superior(entry["employee_id"], day)
        if superior is not None:
            await self._count(superior, day, {"became_overdue": 1}, timer.due, session)

    async def _count(self, superior: str, day: date, more: Mapping[str, int], at: datetime, session: Session) -> None:
        row: Document = await self._days.find_one_and_update(
            {"_id": f"{superior}|{day}"},
            _counted(superior, day, more, at),
            upsert=True,
            return_document=ReturnDocument.AFTER,
            session=session,
        )
        event = ValidationTallied(
            employee_id=superior,
            local_date=day,
            version=row["version"],
            decided=row["decided"],
            late=row["late"],
            became_overdue=row["became_overdue"],
            burst=row["burst"],
            tallied_at=at,
        )
        fact = Fact.of(event, event_id=f"validating|{row['_id']}|{row['version']}", key=superior, time=at)
        await self._journal.append([fact], session=session)


def _counted(superior: str, day: date, more: Mapping[str, int], at: datetime) -> list[Document]:
    """The update of a superior's day. What is decided is counted by the minute too: the most of any is the burst."""
    minute, decided = at.strftime("%H:%M"), more.get("decided", 0)
    same = {"$eq": ["$minute", minute]}
    sums = {
        field: {"$add": [{"$ifNull": [f"${field}", 0]}, change]}
        for field, change in ({"version": 1, "decided": 0, "late": 0, "became_overdue": 0} | dict(more)).items()
    }
    in_minute = {"$cond": [same, {"$add": ["$in_minute", decided]}, decided]}
    state = {"employee_id": superior, "date": str(day), "minute": minute, "in_minute": in_minute, **sums}
    return [{"$set": state}, {"$set": {"burst": {"$max": ["$burst", "$in_minute"]}}}]


def end_of(due_on: str, zone: ZoneInfo) -> datetime:
    """The instant at which the day by which an entry is to be decided is over."""
    following = date.fromisoformat(due_on) + timedelta(days=1)
    return datetime.combine(following, time(), zone)
