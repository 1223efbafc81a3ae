"""Check-ins in MongoDB. The row and its fact are one transaction: neither is ever without the other."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from pymongo import DESCENDING, ReturnDocument

from contracts.events.attendance import PunchReviewed
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Client, Database, Document, Session, in_transaction
from services.attendance.checkins.judging import fact_of
from services.attendance.checkins.models import Review
from services.attendance.checkins.signals import LOOK_BACK, Trace
from services.attendance.kiosks.codes import Code
from services.attendance.kiosks.store import Kiosks

COLLECTION = "checkins"
WAITING: tuple[Review, ...] = ("open", "appealed")


class CheckIns:
    """The check-ins of all employees."""

    def __init__(self, client: Client, db: Database, journal: Journal, kiosks: Kiosks) -> None:
        self._client = client
        self._rows = db.get_collection(COLLECTION, write_concern=DURABLE)
        self._journal = journal
        self._kiosks = kiosks

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self._rows.create_index([("employee_id", 1), ("occurred_at", DESCENDING)], name="own")
        by_day = [("employee_id", 1), ("local_date", DESCENDING), ("occurred_at", DESCENDING)]
        await self._rows.create_index(by_day, name="days")
        await self._rows.create_index(
            [("review", 1), ("recorded_at", 1)],
            name="queue",
            partialFilterExpression={"review": {"$in": ["open", "appealed", "accepted", "rejected", "upheld"]}},
        )

    async def one(self, identity: str) -> Document | None:
        """A check-in by its punch id."""
        found: Document | None = await self._rows.find_one({"_id": identity})
        return found

    async def before(self, employee_id: str, at: datetime) -> list[Trace]:
        """What the last check-ins up to a moment are compared by, newest first."""
        query = {"employee_id": employee_id, "occurred_at": {"$lt": at}}
        cursor = self._rows.find(query, {"trace": 1, "occurred_at": 1, "local_date": 1})
        return [_trace(row) async for row in cursor.sort("occurred_at", DESCENDING).limit(LOOK_BACK)]

    async def add(self, row: Document, code: Code | None) -> None:
        """Record a check-in and publish its punch. Raises DuplicateKeyError when it, or its code, is there already."""
        fact = fact_of(row)

        async def write(session: Session) -> None:
            await self._rows.insert_one(row, session=session)
            if code is not None:
                await self._kiosks.use(row["employee_id"], code, row["recorded_at"], session)
            await self._append(fact, row, session)

        await in_transaction(self._client, write)

    async def own(self, employee_id: str, first: date, last: date, limit: int) -> tuple[list[Document], int]:
        """Of one employee on these local days, newest first, and how many there are."""
        query = {"employee_id": employee_id, "local_date": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
        newest = [("local_date", DESCENDING), ("occurred_at", DESCENDING)]
        rows: list[Document] = await self._rows.find(query).sort(newest).to_list(limit)
        return rows, int(await self._rows.count_documents(query))

    async def queue(self, states: Collection[Review], within: Document, limit: int) -> tuple[list[Document], int]:
        """Those in these states among `within`, the oldest first, and how many there are."""
        query = {"review": {"$in": list(states)}, **within}
        rows: list[Document] = await self._rows.find(query).sort([("recorded_at", 1), ("_id", 1)]).to_list(limit)
        return rows, await self.count(states, within)

    async def count(self, states: Collection[Review], within: Document) -> int:
        """How many are in these states among `within`."""
        return int(await self._rows.count_documents({"review": {"$in": list(states)}, **within}))

    async def step(self, row: Document, review: Review, step: dict[str, Any]) -> Document | None:
        """Take one step of a review from the state `row` is in; None when somebody else was quicker. A decision is
        published with it, and the exact position goes."""
        decided = review in ("accepted", "rejected", "upheld")
        change: Document = {"$set": {"review": review}, "$push": {"steps": step}}
        if decided:
            change["$unset"] = {"point": ""}

        async def write(session: Session) -> Document | None:
            expected = {"_id": row["_id"], "review": row["review"], "steps": {"$size": len(row["steps"])}}
            found: Document | None = await self._rows.find_one_and_update(
                expected, change, session=session, return_document=ReturnDocument.AFTER
            )
            if found is not None and decided:
                await self._append(_reviewed(found, step), found, session)
            return found

        return await in_transaction(self._client, write)

    async def _append(self, fact: Fact, row: Document, session: Session) -> None:
        # The raw request is not kept: it has the exact position in it.
        await self._journal.append([fact], entry={"way": "phone", "days": [row["local_date"]]}, session=session)


def _reviewed(row: Document, step: dict[str, Any]) -> Fact:
    event = PunchReviewed(
        punch_id=row["_id"],
        employee_id=row["employee_id"],
        local_date=row["local_date"],
        outcome="accepted" if row["review"] == "accepted" else "rejected",
        reviewed_at=step["at"],
    )
    identity = f"{event.punch_id}:{len(row['steps'])}"
    return Fact.of(event, event_id=identity, key=event.employee_id, time=event.reviewed_at)


def _trace(row: Document) -> Trace:
    kept = row["trace"]
    cell = kept["cell"]
    return Trace(
        row["occurred_at"],
        row["local_date"],
        kept["install"],
        kept["boot"],
        kept["booted"],
        kept["mark"],
        (cell[0], cell[1]) if cell else None,
        kept["accuracy"],
    )
