"""Corrections in MongoDB. A step, and what it adds to the employee's sheet or takes from it, are one transaction.

The date (`correction_days`, `<employee>|<date>`) is what concurrent changes meet at: each raises its count, so two at
once conflict and one is done again with the other's in sight. What one process is asked at the same time shares a
transaction (kit/gathering.py).
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pymongo import DESCENDING

from kit.gathering import together
from kit.idempotency import Answer, Command, Idempotency
from kit.mongo import DURABLE, Client, Database, Document, Session
from kit.writes import Writes
from services.attendance.corrections.rules import DECIDED
from services.attendance.corrections.sheet import lies
from services.attendance.sheets.models import Claimed
from services.attendance.sheets.store import Sheets

COLLECTION, DAYS = "corrections", "correction_days"
MOST = 1_000
"""Of one employee and period."""

Rows = Sequence[Document]
Work = Callable[[Rows], Document]
"""From the corrections of a date to the one that is new or changed, or one of them as it is. May refuse by raising; has
no other effect."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done on somebody's date. `then` writes more in the same transaction, unless nothing was changed."""

    employee_id: str
    day: str
    work: Work
    then: Callable[[Session], Awaitable[None]] | None = None
    command: Command | None = None
    answer: Callable[[Document], Answer] | None = None

    @property
    def key(self) -> str:
        return f"{self.employee_id}|{self.day}"


class Corrections:
    """The corrections of all employees."""

    def __init__(self, client: Client, db: Database, sheets: Sheets, keys: Idempotency) -> None:
        self._rows = db.get_collection(COLLECTION, write_concern=DURABLE)
        self._days = db.get_collection(DAYS, write_concern=DURABLE)
        self._sheets = sheets
        self._keys = keys
        self._working = together(client, self._write)

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self._rows.create_index([("employee_id", 1), ("date", DESCENDING), ("asked_at", DESCENDING)], name="own")
        await self._rows.create_index(
            [("asked_at", 1), ("_id", 1)], name="queue", partialFilterExpression={"status": "waiting"}
        )
        await self._rows.create_index(
            [("status", 1), ("date", DESCENDING), ("asked_at", DESCENDING), ("_id", 1)], name="decided"
        )
        await self._days.create_index("employee_id", name="own")

    async def one(self, identity: str) -> Document | None:
        """A correction."""
        found: Document | None = await self._rows.find_one({"_id": identity})
        return found

    async def some(self, identities: Collection[str]) -> dict[str, Document]:
        """Corrections by id."""
        return {row["_id"]: row async for row in self._rows.find({"_id": {"$in": list(identities)}})}

    async def of(self, employee_id: str, first: date, last: date) -> tuple[list[Document], int]:
        """Somebody's of these dates, newest first, and how many there are."""
        query = {"employee_id": employee_id, "date": {"$gte": str(first), "$lte": str(last)}}
        newest = [("date", DESCENDING), ("asked_at", DESCENDING)]
        rows: list[Document] = await self._rows.find(query).sort(newest).to_list(MOST)
        return rows, int(await self._rows.count_documents(query))

    async def askers(self) -> set[str]:
        """Whose corrections wait for a decision."""
        return set(await self._rows.distinct("employee_id", {"status": "waiting"}))

    async def waiting(self, whose: Document, limit: int) -> tuple[list[Document], int]:
        """What waits for a decision, what was asked first before the others, and how much there is."""
        query = {"status": "waiting", **whose}
        rows: list[Document] = await self._rows.find(query).sort([("asked_at", 1), ("_id", 1)]).to_list(limit)
        return rows, await self.count_waiting(whose)

    async def decided(self, whose: Document, first: date, last: date, limit: int) -> tuple[list[Document], int]:
        """What was decided of these dates, newest first, and how much there is."""
        query = {"status": {"$in": DECIDED}, "date": {"$gte": str(first), "$lte": str(last)}, **whose}
        newest = [("date", DESCENDING), ("asked_at", DESCENDING), ("_id", 1)]
        rows: list[Document] = await self._rows.find(query).sort(newest).to_list(limit)
        return rows, int(await self._rows.count_documents(query))

    async def count_waiting(self, whose: Document) -> int:
        """How much waits."""
        return int(await self._rows.count_documents({"status": "waiting", **whose}))

    async def work(self, change: Change) -> Document:
        """Do it; durable when it returns. Raises Repeated when its command was done before, and what `work` raises."""
        return await self._working.put(change)

    async def _write(self, changes: Sequence[Change], session: Session) -> list[Document | Exception]:
        writes = Writes(session)
        rows = await self._rows_of(changes, session)
        outcomes: list[Document | Exception] = []
        touched: dict[str, Change] = {}
        done = await self._keys.done([change.command for change in changes if change.command], writes)
        for change in changes:
            held = rows[change.key]
            try:
                if change.command is not None:
                    done.check_new(change.command)
                row = change.work(list(held.values()))
            except Exception as refused:  # noqa: BLE001 - raised to whoever asked; its neighbours are done
                outcomes.append(refused)
                continue
            outcomes.append(row)
            before = held.get(row["_id"])
            if row is before:
                continue
            held[row["_id"]], touched[change.key] = row, change
            if change.then is not None:
                await change.then(session)
            await self._count(before, row, session)
            writes.replace(self._rows, row)
            if change.command is not None and change.answer is not None:
                done.answer(change.command, change.answer(row))
        await self._raise(touched.values(), session)
        await writes.flush()
        return outcomes

    async def _rows_of(self, changes: Iterable[Change], session: Session) -> dict[str, dict[str, Document]]:
        dates: dict[str, dict[str, Document]] = {change.key: {} for change in changes}
        query = [{"employee_id": change.employee_id, "date": change.day} for change in changes]
        for row in await self._rows.find({"$or": query}, session=session).sort("asked_at", 1).to_list(None):
            dates[f"{row['employee_id']}|{row['date']}"][row["_id"]] = row
        return dates

    async def _raise(self, touched: Iterable[Change], session: Session) -> None:
        for one in touched:
            change = {"$inc": {"changes": 1}, "$set": {"employee_id": one.employee_id}}
            await self._days.update_one({"_id": one.key}, change, upsert=True, session=session)

    async def _count(self, before: Document | None, after: Document, session: Session) -> None:
        """Let it count from now on, or no longer."""
        counted = before is not None and before["status"] == "approved"
        if counted == (after["status"] == "approved"):
            return
        lying, employee_id = lies(after), after["employee_id"]
        if isinstance(lying, Claimed):
            await (self._sheets.unclaim if counted else self._sheets.claim)(employee_id, lying, session)
        else:
            await (self._sheets.withdraw if counted else self._sheets.grant)(employee_id, lying, session)
