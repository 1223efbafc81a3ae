"""Activities in MongoDB. An entry, what its day comes to, and the event are one transaction.

The day (`workdays`, `<employee>|<date>`) is what concurrent changes meet at: each raises its version, so two at once
conflict and one is done again with the other's entry in sight.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from contracts.events.appraisal import WorkdayTallied
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Client, Database, Document, Session, in_transaction
from services.appraisal.activities.models import Tally
from services.appraisal.activities.rules import CLAIMED, COPIES_DAYS, MinutesRule, tally
from services.appraisal.deadlines.following import ENTRIES, Deadlines

WORKDAYS = "workdays"
TRIES = 3
NEWEST_FIRST = [("date", -1), ("recorded_at", -1), ("_id", -1)]

Work = Callable[[Sequence[Document]], Document]
"""From the entries of a day to the one that is new or changed. May refuse by raising; has no other effect."""


class Activities:
    """The activities of all employees."""

    def __init__(self, client: Client, db: Database, journal: Journal, deadlines: Deadlines) -> None:
        self._client = client
        self._entries = db.get_collection(ENTRIES, write_concern=DURABLE)
        self._days = db.get_collection(WORKDAYS, write_concern=DURABLE)
        self._journal = journal
        self._deadlines = deadlines

    async def setup(self) -> None:
        """Collections and indexes; a transaction cannot make them. Idempotent."""
        await self._entries.create_index(
            [("employee_id", 1), ("date", -1), ("recorded_at", -1), ("_id", -1)], name="own"
        )
        await self._entries.create_index(
            [("employee_id", 1), ("recorded_at", 1)], name="queue", partialFilterExpression={"status": "waiting"}
        )
        await self._entries.create_index(
            [("unled", 1), ("recorded_at", 1)],
            name="unled",
            partialFilterExpression={"status": "waiting", "unled": True},
        )
        await self._days.create_index([("employee_id", 1), ("date", 1)], name="own")

    async def one(self, identity: str) -> Document | None:
        """An entry."""
        found: Document | None = await self._entries.find_one({"_id": identity})
        return found

    async def some(self, identities: Collection[str]) -> dict[str, Document]:
        """Entries by id."""
        return {row["_id"]: row async for row in self._entries.find({"_id": {"$in": list(identities)}})}

    async def of(self, employee_id: str, first: date, last: date, limit: int) -> list[Document]:
        """Somebody's entries of these days, newest first, withdrawn ones included."""
        query = {"employee_id": employee_id, "date": {"$gte": str(first), "$lte": str(last)}}
        rows: list[Document] = await self._entries.find(query).sort(NEWEST_FIRST).to_list(limit)
        return rows

    async def texts(self, employee_id: str, day: date, but: str) -> list[str]:
        """What somebody's other entries within a month of a day say."""
        first, last = day - timedelta(days=COPIES_DAYS), day + timedelta(days=COPIES_DAYS)
        query: Document = {"employee_id": employee_id, "date": {"$gte": str(first), "$lte": str(last)}}
        query |= {"_id": {"$ne": but}, "status": {"$in": CLAIMED}}
        return [row["what"] async for row in self._entries.find(query, {"what": 1})]

    async def days(self, employee_id: str, first: date, last: date) -> list[Document]:
        """What somebody's days come to; days without entries are absent."""
        query = {"employee_id": employee_id, "date": {"$gte": str(first), "$lte": str(last)}}
        rows: list[Document] = await self._days.find(query).to_list(None)
        return rows

    async def waiting(self, whose: Document, limit: int) -> tuple[list[Document], int]:
        """What waits for a decision, oldest first, and how much there is."""
        query = {"status": "waiting", **whose}
        rows: list[Document] = await self._entries.find(query).sort([("recorded_at", 1), ("_id", 1)]).to_list(limit)
        return rows, await self.count_waiting(whose)

    async def count_waiting(self, whose: Document, overdue_on: str | None = None) -> int:
        """How much waits; with `overdue_on` what should have been decided before that day."""
        due = {"due_on": {"$lt": overdue_on}} if overdue_on else {}
        return int(await self._entries.count_documents({"status": "waiting", **due, **whose}))

    async def work(
        self,
        employee_id: str,
        day: date,
        rule: MinutesRule,
        now: datetime,
        work: Work,
        then: Callable[[Document, Session], Any] | None = None,
    ) -> Document:
        """Do `work` on a day and store what came of it. `then` writes more in the same transaction."""

        async def write(session: Session) -> Document:
            query = {"employee_id": employee_id, "date": str(day)}
            entries: list[Document] = await self._entries.find(query, session=session).to_list(None)
            entry = work(entries)
            await self._entries.replace_one({"_id": entry["_id"]}, entry, upsert=True, session=session)
            others = [other for other in entries if other["_id"] != entry["_id"]]
            before = next((one for one in entries if one["_id"] == entry["_id"]), None)
            await self._deadlines.follow(before, entry, now, session)
            comes_to = tally([*others, entry], rule.day_cap_minutes)
            await self._tallied(employee_id, day, comes_to, rule, now, session)
            if then is not None:
                await then(entry, session)
            return entry

        for _ in range(TRIES - 1):
            try:
                return await in_transaction(self._client, write)
            except DuplicateKeyError:
                continue  # the day's first two entries at once: look again, the other is there now
        return await in_transaction(self._client, write)

    async def amend(
        self,
        identity: str,
        work: Callable[[Document], Document],
        then: Callable[[Document, Session], Awaitable[None]],
    ) -> Document:
        """Do `work` on an entry alone: what it changes counts nowhere, so its day and what was said of it stand. `then`
        writes more in the same transaction, unless nothing was changed."""

        async def write(session: Session) -> Document:
            before: Document | None = await self._entries.find_one({"_id": identity}, session=session)
            assert before is not None  # noqa: S101 - entries are never deleted
            after = work(before)
            if after is not before:
                await self._entries.replace_one({"_id": identity}, after, session=session)
                await then(after, session)
            return after

        return await in_transaction(self._client, write)

    async def _tallied(
        self, employee_id: str, day: date, found: Tally, rule: MinutesRule, now: datetime, session: Session
    ) -> None:
        stored = {
            "employee_id": employee_id,
            "date": str(day),
            **found.model_dump(),
            "rule": rule.id,
        }
        row: Document = await self._days.find_one_and_update(
            {"_id": f"{employee_id}|{day}"},
            {"$set": stored, "$inc": {"version": 1}},
            upsert=True,
            return_document=ReturnDocument.AFTER,
            session=session,
        )
        event = WorkdayTallied(
            employee_id=employee_id,
            local_date=day,
            version=row["version"],
            **found.model_dump(),
            month_norm_minutes=rule.month_norm_minutes,
            rule=rule.id,
            tallied_at=now,
        )
        fact = Fact.of(event, event_id=f"{row['_id']}|{row['version']}", key=employee_id, time=now)
        await self._journal.append([fact], session=session)
