"""Enrolments in MongoDB."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

from pymongo import ReplaceOne

from kit.access.mongo_copy import EMPLOYEES
from kit.mongo import DURABLE, Database, Document
from services.attendance.enrolments.cache import COLLECTION, holder_of
from services.attendance.enrolments.rules import FOREVER, Holder, Tenure, pin_key, reassign

BATCH = 5_000


def document_of(space: str, pin: str, holder: Holder | None, at: datetime) -> Document:
    """As stored: the present holder, and former ones with the local time up to which they held the PIN."""
    tenures = holder if isinstance(holder, tuple) else (Tenure(FOREVER, holder),)
    return {
        "_id": pin_key(space, pin),
        "space": space,
        "pin": pin,
        "employee_id": tenures[-1].employee,
        "former": [{"until": past.until, "employee_id": past.employee} for past in tenures[:-1]],
        "changed_at": at,
    }


class EnrolmentStore:
    """Writes are durable when they return."""

    def __init__(self, db: Database) -> None:
        self._collection = db.get_collection(COLLECTION, write_concern=DURABLE)
        self._employees = db.get_collection(EMPLOYEES)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self._collection.create_index("employee_id", name="by_employee")

    async def get(self, space: str, pin: str) -> Document | None:
        """One enrolment as stored."""
        found: Document | None = await self._collection.find_one({"_id": pin_key(space, pin)})
        return found

    async def put(self, space: str, pin: str, employee: str | None, since: str | None, at: datetime) -> Document:
        """The PIN is `employee`'s from local time `since` on (None: always was)."""
        before = await self.get(space, pin)
        holder = reassign(holder_of(before) if before else None, employee, since)
        document = document_of(space, pin, holder, at)
        await self._collection.replace_one({"_id": document["_id"]}, document, upsert=True)
        return document

    async def put_many(self, rows: Sequence[tuple[str, str, str]], at: datetime) -> None:
        """(space, pin, employee) each, for all time."""
        for start in range(0, len(rows), BATCH):
            documents = [document_of(space, pin, employee, at) for space, pin, employee in rows[start : start + BATCH]]
            await self._collection.bulk_write(
                [ReplaceOne({"_id": document["_id"]}, document, upsert=True) for document in documents], ordered=False
            )

    async def present(self, keys: Sequence[str]) -> dict[str, str | None]:
        """The present holder of each of these PINs that is enrolled."""
        found: dict[str, str | None] = {}
        for start in range(0, len(keys), BATCH):
            async for row in self._collection.find({"_id": {"$in": keys[start : start + BATCH]}}, {"employee_id": 1}):
                found[row["_id"]] = row["employee_id"]
        return found

    async def everybody(self) -> AsyncIterator[tuple[str, str, str]]:
        """(space, PIN, employee) of every PIN that is somebody's today."""
        async for row in self._collection.find({"employee_id": {"$ne": None}}, {"former": 0}):
            yield row["space"], row["pin"], row["employee_id"]

    async def page(self, space: str, employee: str, after: str, limit: int) -> list[Document]:
        """Enrolments by id after `after`."""
        query: Document = {"_id": {"$gt": after}}
        if space:
            query["space"] = space
            query["_id"] = {"$gt": max(after, f"{space}|"), "$lt": f"{space}}}"}  # "}" follows "|"
        if employee:
            query["employee_id"] = employee
        found: list[Document] = await self._collection.find(query).sort("_id", 1).to_list(limit)
        return found

    async def known_employees(self, ids: Sequence[str]) -> set[str]:
        """Those ids the directory has told of."""
        return set(await self._employees.distinct("_id", {"_id": {"$in": list(ids)}}))

    async def employees_by_number(self, numbers: Sequence[str]) -> Mapping[str, str]:
        """Employee ids by NIP or NI PPPK."""
        wanted = set(numbers)
        found: dict[str, str] = {}
        for start in range(0, len(numbers), BATCH):
            part = list(numbers[start : start + BATCH])
            async for row in self._employees.find({"numbers": {"$in": part}}, {"numbers": 1}):
                found.update({number: row["_id"] for number in row["numbers"] if number in wanted})
        return found
