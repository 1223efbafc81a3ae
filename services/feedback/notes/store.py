"""Notes and requests in MongoDB. What changes, what the days concerned come to, and the events are one transaction.

The days (`note_days`, `<employee>|<date>`) are what concurrent changes meet at: each raises their versions, so two at
once conflict and one is done again with the other's note in sight.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from contracts.events.feedback import NotesTallied
from kit.gathering import together
from kit.idempotency import Answer, Command, Idempotency
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Client, Database, Document, Session
from kit.telemetry import current_traceparent
from kit.writes import Writes
from services.feedback.notes import rules

NOTES, REQUESTS, NOTE_DAYS = "notes", "feedback_requests", "note_days"
MOST_TOGETHER = 20
REQUESTED = {"_id": 0, "employee_id": 1, "asked_on": 1}
NEWEST_FIRST = [("given_at", -1), ("_id", -1)]
STANDING: Document = {"status": "standing"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a command makes of things: a note in its new state, requests in theirs, and whose day has a request more."""

    note: Document | None = None
    requests: Sequence[Document] = ()
    asked: Collection[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """What a command must see: a note by its id, and requests."""

    note: str | None = None
    requests: Document | None = field(default=None)


Work = Callable[[Document | None, Sequence[Document]], Change]
"""From what was sought to what it becomes. May refuse by raising; has no other effect."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of work."""

    sought: Sought
    now: datetime
    work: Work
    command: tuple[Command, Answer] | None


class Notes:
    """The notes and requests of all employees."""

    def __init__(self, client: Client, db: Database, journal: Journal, keys: Idempotency) -> None:
        self._keys = keys
        self._working = together(client, self._write, most=MOST_TOGETHER)
        self._notes = db.get_collection(NOTES, write_concern=DURABLE)
        self._requests = db.get_collection(REQUESTS, write_concern=DURABLE)
        self._days = db.get_collection(NOTE_DAYS, write_concern=DURABLE)
        self._journal = journal

    async def setup(self) -> None:
        """Collections and indexes; a transaction cannot make them. Idempotent."""
        for whose in ("employee_id", "author_id"):
            await self._notes.create_index([(whose, 1), ("given_on", -1)], name=f"by_{whose}")
        await self._notes.create_index(
            [("employee_id", 1), ("answer.on", 1)],
            name="answered",
            partialFilterExpression={"answer.on": {"$exists": True}},
        )
        await self._notes.create_index(
            [("units", 1), ("given_at", -1)], name="shown", partialFilterExpression={"shown": "unit"}
        )
        await self._requests.create_index([("employee_id", 1), ("asked_at", -1)], name="own")
        await self._requests.create_index(
            "open_for", name="one_open", unique=True, partialFilterExpression={"open_for": {"$exists": True}}
        )
        await self._days.create_index([("employee_id", 1), ("date", 1)], name="own")

    async def note(self, identity: str) -> Document | None:
        """A note."""
        found: Document | None = await self._notes.find_one({"_id": identity})
        return found

    async def request(self, identity: str) -> Document | None:
        """A request."""
        found: Document | None = await self._requests.find_one({"_id": identity})
        return found

    async def find(self, query: Document, limit: int) -> list[Document]:
        """Notes that were not taken back, newest first."""
        rows: list[Document] = await self._notes.find({**query, **STANDING}).sort(NEWEST_FIRST).to_list(limit)
        return rows

    async def days(self, employee_id: str, first: date, last: date) -> list[Document]:
        """What somebody's days come to; days without notes are absent."""
        query = {"employee_id": employee_id, "date": {"$gte": str(first), "$lte": str(last)}}
        rows: list[Document] = await self._days.find(query).to_list(None)
        return rows

    async def last_given(self, author_id: str, employees: Collection[str]) -> dict[str, str]:
        """When somebody gave each of `employees` feedback last; absent who never got any."""
        match = {"author_id": author_id, "kind": "feedback", "employee_id": {"$in": sorted(employees)}, **STANDING}
        group = {"_id": "$employee_id", "last": {"$max": "$given_on"}}
        return {row["_id"]: row["last"] async for row in self._notes.aggregate([{"$match": match}, {"$group": group}])}

    async def requests(self, query: Document, order: int, limit: int) -> list[Document]:
        """Requests, oldest (1) or newest (-1) first."""
        rows: list[Document] = await (
            self._requests.find(query).sort([("asked_at", order), ("_id", order)]).to_list(limit)
        )
        return rows

    async def count_open(self, employees: Collection[str]) -> int:
        """How many requests of these wait."""
        return int(await self._requests.count_documents({"status": "open", "employee_id": {"$in": sorted(employees)}}))

    async def work(
        self, sought: Sought, now: datetime, work: Work, command: tuple[Command, Answer] | None = None
    ) -> Change:
        """Do `work` on what is sought and store what came of it, durable on return; with the answer of a command,
        which raises Repeated when it was done before."""
        return await self._working.put(Asked(sought, now, work, command))

    async def _write(self, many: Sequence[Asked], session: Session) -> list[Change | Exception]:
        """One after the other, each seeing what those before it did."""
        outcomes: list[Change | Exception] = []
        writes = Writes(session)
        done = await self._keys.done([asked.command[0] for asked in many if asked.command], writes)
        concerned: dict[tuple[str, str], datetime] = {}
        for asked in many:
            before: Document | None = None
            if asked.sought.note is not None:
                before = await self._notes.find_one({"_id": asked.sought.note}, session=session)
            seen: list[Document] = []
            if asked.sought.requests is not None:
                seen = await self._requests.find(asked.sought.requests, session=session).to_list(None)
            try:
                if asked.command is not None:
                    done.check_new(asked.command[0])
                change = asked.work(before, seen)
            except Exception as refused:  # noqa: BLE001 - raised to whoever asked; its neighbours are done
                outcomes.append(refused)
                continue
            for request in change.requests:
                await self._requests.replace_one({"_id": request["_id"]}, request, upsert=True, session=session)
            days = set(change.asked)
            if change.note is not None:
                await self._notes.replace_one({"_id": change.note["_id"]}, change.note, upsert=True, session=session)
                days |= rules.concerned(before, change.note)
            concerned |= dict.fromkeys(days, asked.now)
            if asked.command is not None:
                done.answer(*asked.command)
            outcomes.append(change)
        await self._tally(concerned, writes)
        await writes.flush()
        return outcomes

    async def _tally(self, concerned: Mapping[tuple[str, str], datetime], writes: Writes) -> None:
        """What these days of these employees come to now, each told once."""
        session = writes.session
        if not concerned:
            return
        its = [
            query
            for who, day in concerned
            for query in (
                {"employee_id": who, "given_on": day},
                {"author_id": who, "given_on": day},
                {"employee_id": who, "answer.on": day},
            )
        ]
        asked = [{"employee_id": who, "asked_on": day} for who, day in concerned]
        keys = [_key(who, day) for who, day in concerned]
        notes = await self._notes.find({"$or": its}, session=session).to_list(None)
        requests = await self._requests.find({"$or": asked}, REQUESTED, session=session).to_list(None)
        before = await self._days.find({"_id": {"$in": keys}}, {"version": 1}, session=session).to_list(None)
        requested = Counter((row["employee_id"], row["asked_on"]) for row in requests)
        versions = {row["_id"]: row["version"] for row in before}
        for (who, day), now in sorted(concerned.items()):  # told in the order of people and days
            key, found = _key(who, day), rules.tally(who, day, notes, requested[who, day])
            version = versions.get(key, 0) + 1
            told = {"employee_id": who, "date": day, "version": version, **found.model_dump()}
            writes.replace(self._days, {"_id": key, **told})
            event = NotesTallied(
                employee_id=who,
                local_date=date.fromisoformat(day),
                version=version,
                **found.model_dump(),
                tallied_at=now,
            )
            fact = Fact.of(event, event_id=f"notes|{key}|{version}", key=who, time=now)
            self._journal.record([fact], writes, current_traceparent())


def _key(employee: str, day: str) -> str:
    return f"{employee}|{day}"
