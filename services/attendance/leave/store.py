"""Requests and ledgers in MongoDB. A step of a request, what it draws, what it puts on the sheet and what is said of it
are one transaction.

The account (`leave_accounts`, one an employee) is what concurrent steps meet at: each raises its version, so two at
once conflict, and the later is worked out again with the other's entries and dates in sight.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from contracts.events.leave import LeaveChanged
from kit.idempotency import Answer, Command, Idempotency
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, TRIES, Client, Database, Document, Session, in_transaction
from kit.telemetry import current_traceparent
from kit.writes import Writes
from services.attendance.leave.course import Change
from services.attendance.leave.ledger import Entry
from services.attendance.leave.models import LeaveBalance
from services.attendance.leave.rules import ACTIVE
from services.attendance.sheets.store import Sheets

REQUESTS, ACCOUNTS = "leave_requests", "leave_accounts"
WAITING = ("waiting", "cancelling")
NEWEST_FIRST = [("first", -1), ("requested_at", -1), ("_id", -1)]
OLDEST_FIRST = [("requested_at", 1), ("_id", 1)]


@dataclass(frozen=True, slots=True)
class Held:
    """What is there when a step is worked out: the facts of the account, the active requests and the one asked for."""

    facts: tuple[Entry, ...]
    requests: Sequence[Document]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Entries alone, and the balance with them."""

    entries: Sequence[Entry]
    after: LeaveBalance


M = TypeVar("M", bound=Change | Adjusted)


@dataclass(frozen=True, slots=True)
class Answering:
    """A command, and what it is answered from what came of it."""

    command: Command
    answer: Callable[[Change | Adjusted], Answer]


class Leaves:
    """The leave of all employees."""

    def __init__(self, client: Client, db: Database, journal: Journal, sheets: Sheets, keys: Idempotency) -> None:
        self._client = client
        self._requests = db.get_collection(REQUESTS, write_concern=DURABLE)
        self._accounts = db.get_collection(ACCOUNTS, write_concern=DURABLE)
        self._journal = journal
        self._sheets = sheets
        self._keys = keys

    async def setup(self) -> None:
        """Collections and indexes; a transaction cannot make them. Idempotent."""
        await self._requests.create_index([("employee_id", 1), ("first", -1), ("requested_at", -1)], name="own")
        waits = {"status": {"$in": list(WAITING)}}
        by_person = [("employee_id", 1), ("requested_at", 1)]
        await self._requests.create_index(by_person, name="queue", partialFilterExpression=waits)
        await self._accounts.create_index("employee_id", name="own")

    async def one(self, identity: str) -> Document | None:
        """A request."""
        found: Document | None = await self._requests.find_one({"_id": identity})
        return found

    async def some(self, identities: Collection[str]) -> dict[str, Document]:
        """Requests by id."""
        return {row["_id"]: row async for row in self._requests.find({"_id": {"$in": list(identities)}})}

    async def of(self, employee_id: str, first: date, last: date, limit: int) -> tuple[list[Document], int]:
        """Somebody's requests that touch these days, the latest first."""
        query = {"employee_id": employee_id, "first": {"$lte": str(last)}, "last": {"$gte": str(first)}}
        rows: list[Document] = await self._requests.find(query).sort(NEWEST_FIRST).to_list(limit)
        return rows, int(await self._requests.count_documents(query))

    async def waiting(self, whose: Document, limit: int) -> tuple[list[Document], int]:
        """What waits for a decision, oldest first, and how much there is."""
        query = {"status": {"$in": list(WAITING)}, **whose}
        rows: list[Document] = await self._requests.find(query).sort(OLDEST_FIRST).to_list(limit)
        return rows, await self.count(whose)

    async def count(self, whose: Document) -> int:
        """How much waits."""
        return int(await self._requests.count_documents({"status": {"$in": list(WAITING)}, **whose}))

    async def facts(self, employee_id: str) -> tuple[Entry, ...]:
        """The facts of somebody's ledger."""
        return _account(await self._accounts.find_one({"_id": employee_id}))[0]

    async def active(self, employee_id: str, session: Session | None = None) -> list[Document]:
        """What takes up somebody's dates."""
        query = {"employee_id": employee_id, "status": {"$in": list(ACTIVE)}}
        rows: list[Document] = await self._requests.find(query, session=session).to_list(None)
        return rows

    async def work(
        self,
        employee_id: str,
        work: Callable[[Held], M],
        now: datetime,
        *,
        identity: str = "",
        answering: Answering | None = None,
        then: Callable[[Session], Awaitable[None]] | None = None,
    ) -> M:
        """Do `work` with somebody's account and active requests (and the one asked for), durable when it returns. It
        may refuse by raising and has no other effect; where it leaves the request as it is, nothing is written. `then`
        writes more in the same transaction. Raises Repeated for a command that was done before, and what `work` raises.
        """

        async def write(session: Session) -> M:
            writes = Writes(session)
            done = await self._keys.done([answering.command] if answering else [], writes)
            if answering is not None:
                done.check_new(answering.command)
            row: Document | None = await self._accounts.find_one({"_id": employee_id}, session=session)
            facts, version = _account(row)
            requests = await self.active(employee_id, session)
            if identity and all(one["_id"] != identity for one in requests):
                requests += await self._requests.find({"_id": identity}, session=session).to_list(1)
            made = work(Held(facts, requests))
            if isinstance(made, Change) and any(made.request is one for one in requests):
                return made
            kept = [one.model_dump(mode="json") for one in (*facts, *made.entries)]
            account = {"_id": employee_id, "employee_id": employee_id, "version": version + 1, "entries": kept}
            writes.replace(self._accounts, account)
            if isinstance(made, Change):
                writes.replace(self._requests, made.request)
                self._journal.record([_fact(made.request, now)], writes, current_traceparent())
            if answering is not None:
                done.answer(answering.command, answering.answer(made))
            await writes.flush()
            if then is not None:
                await then(session)
            if isinstance(made, Change):
                await self._on_sheet(employee_id, made, session)
            return made

        return await in_transaction(self._client, write, tries=TRIES)

    async def _on_sheet(self, employee_id: str, made: Change, session: Session) -> None:
        if made.take is not None:
            await self._sheets.withdraw(employee_id, made.take, session)
        if made.put is not None:
            await self._sheets.grant(employee_id, made.put, session)


def _account(row: Document | None) -> tuple[tuple[Entry, ...], int]:
    if row is None:
        return (), 0
    return tuple(Entry.model_validate(one) for one in row["entries"]), row["version"]


def _fact(row: Document, now: datetime) -> Fact:
    event = LeaveChanged(
        request_id=row["_id"],
        employee_id=row["employee_id"],
        version=row["version"],
        kind=row["kind"],
        excuse=row["excuse"],
        first=row["first"],
        last=row["last"],
        part=row["part"],
        since=row["since"],
        until=row["until"],
        status=row["status"],
        half_days=int(Decimal(row["days"]) * 2),
        rule=row["rule"],
        decided_by=row["decided_by"],
        changed_at=now,
    )
    return Fact.of(event, event_id=f"leave|{row['_id']}|{row['version']}", key=row["employee_id"], time=now)
