"""Follows every entry: a timer while it waits, and what its superior is counted for, in the entry's own transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from contracts.events.appraisal import ValidationTallied
from kit.access.people import People
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Client, Database, Document, Session
from kit.telemetry import current_traceparent
from kit.timers import Timer, Timers
from kit.writes import Writes

ENTRIES, DAYS = "activities", "validation_days"
DUE = "validation-due"
DECIDED = ("validated", "returned", "rejected")
SUMS = ("decided", "late", "became_overdue")


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

    def follow(
        self, before: Mapping[str, Any] | None, after: Document, now: datetime, writes: Writes
    ) -> list["Counted"]:
        """An entry has changed; what its superior is to be counted for. It has a timer from when it begins to wait
        until it does not any more: an edit of one that waits changes nothing about when it is due."""
        waited = before is not None and before["status"] == "waiting"
        waits = after["status"] == "waiting"
        if waits and not waited:
            due_on = after["due_on"]
            self.timers.set(DUE, after["_id"], end_of(due_on, self._zone), {"due_on": due_on}, writes)
        if waited and not waits:
            self.timers.cancel(DUE, after["_id"], writes)
            by = after["steps"][-1]["by"]
            if after["status"] in DECIDED and by is not None:  # an account that is nobody's has no card
                late = str(now.date()) > after["due_on"]
                return [Counted(by, now.date(), now, decided=1, late=int(late))]
        return []

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
            writes = Writes(session)
            await self.count([Counted(superior, day, timer.due, became_overdue=1)], writes)
            await writes.flush()

    async def count(self, changes: Sequence["Counted"], writes: Writes) -> None:
        """What superiors did, on their days; each day is told once."""
        days = list(dict.fromkeys(change.key for change in changes))
        if not days:
            return
        found = self._days.find({"_id": {"$in": days}}, session=writes.session)
        rows: dict[str, Document] = {row["_id"]: row async for row in found}
        at = {change.key: change.at for change in changes}
        for change in changes:
            rows[change.key] = counted(rows.get(change.key), change)
        for key in days:
            row = rows[key]
            row["version"] = row.get("version", 0) + 1
            writes.replace(self._days, row)
            self._journal.record([_fact(row, at[key])], writes, current_traceparent())


@dataclass(frozen=True, slots=True)
class Counted:
    """What a superior is counted for on a day."""

    superior: str
    day: date
    at: datetime
    decided: int = 0
    late: int = 0
    became_overdue: int = 0

    @property
    def key(self) -> str:
        """The id of the day."""
        return f"{self.superior}|{self.day}"


def counted(row: Mapping[str, Any] | None, change: Counted) -> Document:
    """A superior's day after a change, in the version it has. What is decided is counted by the minute too: the most of
    any is the burst."""
    day: dict[str, Any] = dict(row or {})
    minute = change.at.strftime("%H:%M")
    for name, more in ((name, getattr(change, name)) for name in SUMS):
        day[name] = day.get(name, 0) + more
    in_minute = change.decided + (day["in_minute"] if day.get("minute") == minute else 0)
    told = {"_id": change.key, "employee_id": change.superior, "date": str(change.day)}
    return day | told | {"minute": minute, "in_minute": in_minute, "burst": max(day.get("burst") or 0, in_minute)}


def _fact(row: Document, at: datetime) -> Fact:
    event = ValidationTallied(
        employee_id=row["employee_id"],
        local_date=date.fromisoformat(row["date"]),
        version=row["version"],
        **{name: row[name] for name in SUMS},
        burst=row["burst"],
        tallied_at=at,
    )
    return Fact.of(event, event_id=f"validating|{row['_id']}|{row['version']}", key=row["employee_id"], time=at)


def end_of(due_on: str, zone: ZoneInfo) -> datetime:
    """The instant at which the day by which an entry is to be decided is over."""
    following = date.fromisoformat(due_on) + timedelta(days=1)
    return datetime.combine(following, time(), zone)
