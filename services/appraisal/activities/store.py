"""Activities in MongoDB. An entry, what its day comes to, and the event are one transaction.

The day (`workdays`, `<employee>|<date>`) is what concurrent changes meet at: each raises its version, so two at once
conflict and one is done again with the other's entry in sight. What one process is asked at the same time shares a
transaction (kit/gathering.py), in the order in which it came.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts.events.appraisal import WorkdayTallied
from kit.gathering import together
from kit.idempotency import Answer, Command, Idempotency
from kit.journal import Fact, Journal
from kit.mongo import AT_ONCE, DURABLE, Client, Database, Document, Session, in_transaction
from kit.telemetry import current_traceparent
from kit.writes import Writes
from services.appraisal.activities.rules import CLAIMED, COPIES_DAYS, MinutesRule, nearly_copied, tally
from services.appraisal.deadlines.following import ENTRIES, Counted, Deadlines

WORKDAYS = "workdays"
SAID = {"employee_id": 1, "date": 1, "status": 1, "what": 1}
NEWEST_FIRST = [("date", -1), ("recorded_at", -1), ("_id", -1)]

Work = Callable[[Sequence[Document]], Document]
"""From the entries of a day to the one that is new or changed. May refuse by raising; has no other effect."""

Answering = Callable[[Document], Answer]
"""What a command is answered, from the entry."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done on somebody's day. `trace` is the request's."""

    employee_id: str
    day: date
    rule: MinutesRule
    now: datetime
    work: Work
    said: bool
    command: Command | None
    answer: Answering | None
    trace: str | None

    @property
    def key(self) -> str:
        """The id of the day."""
        return f"{self.employee_id}|{self.day}"


class Activities:
    """The activities of all employees."""

    def __init__(self, client: Client, db: Database, journal: Journal, deadlines: Deadlines, keys: Idempotency) -> None:
        self._keys = keys
        self._client = client
        self._entries = db.get_collection(ENTRIES, write_concern=DURABLE)
        self._days = db.get_collection(WORKDAYS, write_concern=DURABLE)
        self._journal = journal
        self._deadlines = deadlines
        self._working = together(client, self._write)

    async def setup(self) -> None:
        """Collections and indexes; a transaction cannot make them. Idempotent."""
        await self._entries.create_index(
            [("employee_id", 1), ("date", -1), ("recorded_at", -1), ("_id", -1)], name="own"
        )
        await self._entries.create_index(
            [("employee_id", 1), ("recorded_at", 1)], name="queue", partialFilterExpression={"status": "waiting"}
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
        *,
        said: bool = False,
        command: Command | None = None,
        answer: Answering | None = None,
    ) -> Document:
        """Do `work` on a day and store what came of it; durable when it returns. `said`: it says anew what was done,
        which is compared with the other entries. What a `command` is answered is stored with it. Raises Repeated when
        it was done before, and what `work` raises."""
        trace = current_traceparent()
        return await self._working.put(Change(employee_id, day, rule, now, work, said, command, answer, trace))

    async def _write(self, changes: Sequence[Change], session: Session) -> list[Document | Exception]:
        writes = Writes(session)
        entries = await self._entries_of(changes, session)
        others = await self._others([change for change in changes if change.said], session)
        outcomes: list[Document | Exception] = []
        last: dict[str, Change] = {}
        counted: list[Counted] = []
        done = await self._keys.done([change.command for change in changes if change.command], writes)
        for change in changes:
            held = entries[change.key]
            try:
                if change.command is not None:
                    done.check_new(change.command)
                entry = change.work(list(held.values()))
                if change.said:
                    entry["copied"] = nearly_copied(entry["what"], _texts(others[change.employee_id], entry))
            except Exception as refused:  # noqa: BLE001 - raised to whoever asked; its neighbours are done
                outcomes.append(refused)
                continue
            before, held[entry["_id"]], last[change.key] = held.get(entry["_id"]), entry, change
            others.setdefault(change.employee_id, {})[entry["_id"]] = entry
            writes.replace(self._entries, entry)
            counted += self._deadlines.follow(before, entry, change.now, writes)
            if change.command is not None and change.answer is not None:
                done.answer(change.command, change.answer(entry))
            outcomes.append(entry)
        await self._tallied(last, entries, writes)
        await self._deadlines.count(counted, writes)
        await writes.flush()
        return outcomes

    async def _entries_of(self, changes: Iterable[Change], session: Session) -> dict[str, dict[str, Document]]:
        days: dict[str, dict[str, Document]] = {change.key: {} for change in changes}
        query = [{"employee_id": change.employee_id, "date": str(change.day)} for change in changes]
        for row in await self._entries.find({"$or": query}, session=session, batch_size=AT_ONCE).to_list(None):
            days[f"{row['employee_id']}|{row['date']}"][row["_id"]] = row
        return days

    async def _others(self, changes: Iterable[Change], session: Session) -> dict[str, dict[str, Document]]:
        """By employee, what the entries within a month of these changes say, by their ids."""
        texts: dict[str, dict[str, Document]] = {change.employee_id: {} for change in changes}
        query = [{"employee_id": change.employee_id, "date": _near(change.day)} for change in changes]
        if query:
            found = self._entries.find({"$or": query}, SAID, session=session, batch_size=AT_ONCE)
            for row in await found.to_list(None):
                texts[row["employee_id"]][row["_id"]] = row
        return texts

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

    async def _tallied(self, last: dict[str, Change], entries: dict[str, dict[str, Document]], writes: Writes) -> None:
        before = self._days.find({"_id": {"$in": list(last)}}, {"version": 1}, session=writes.session)
        versions = {row["_id"]: row["version"] for row in await before.to_list(None)}
        for key, change in last.items():
            found = tally(entries[key].values(), change.rule.day_cap_minutes)
            who, version = change.employee_id, versions.get(key, 0) + 1
            row = {"_id": key, "employee_id": who, "date": str(change.day), "rule": change.rule.id, "version": version}
            writes.replace(self._days, row | found.model_dump())
            event = WorkdayTallied(
                employee_id=who,
                local_date=change.day,
                version=version,
                **found.model_dump(),
                month_norm_minutes=change.rule.month_norm_minutes,
                rule=change.rule.id,
                tallied_at=change.now,
            )
            fact = Fact.of(event, event_id=f"{key}|{version}", key=who, time=change.now)
            self._journal.record([fact], writes, change.trace)


def _near(day: date) -> dict[str, str]:
    return {"$gte": str(day - timedelta(days=COPIES_DAYS)), "$lte": str(day + timedelta(days=COPIES_DAYS))}


def _texts(others: Mapping[str, Document], entry: Document) -> list[str]:
    """What the other entries that count say, of the days within a month of an entry's."""
    near = _near(date.fromisoformat(entry["date"]))
    return [
        other["what"]
        for identity, other in others.items()
        if identity != entry["_id"] and other["status"] in CLAIMED and near["$gte"] <= other["date"] <= near["$lte"]
    ]
