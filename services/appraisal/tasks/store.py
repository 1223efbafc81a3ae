"""The catalogue of tasks in MongoDB."""

from collections.abc import Collection
from datetime import date
from uuid import uuid4

from pymongo import ReturnDocument

from kit.mongo import DURABLE, Database, Document
from services.appraisal.tasks.models import NewTask, TaskRecord

COLLECTION = "tasks"
EVERY_UNIT = ""


class Tasks:
    """Tasks of units, and of all of them (`unit` = "")."""

    def __init__(self, db: Database) -> None:
        self._rows = db.get_collection(COLLECTION, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self._rows.create_index([("unit", 1), ("name", 1)], name="by_unit")

    async def add(self, task: NewTask) -> TaskRecord:
        """A new task."""
        row = {
            "_id": str(uuid4()),
            "unit": task.unit_id or EVERY_UNIT,
            "name": task.name,
            "valid_from": str(task.valid_from),
            "valid_to": str(task.valid_to) if task.valid_to else None,
        }
        await self._rows.insert_one(row)
        return record(row)

    async def close(self, identity: str, on: date) -> TaskRecord | None:
        """The task with its last day; None when no such task had begun by then."""
        found: Document | None = await self._rows.find_one_and_update(
            {"_id": identity, "valid_from": {"$lte": str(on)}},
            {"$set": {"valid_to": str(on)}},
            return_document=ReturnDocument.AFTER,
        )
        return record(found) if found else None

    async def is_there(self, identity: str) -> bool:
        """Whether there is such a task, on whatever day."""
        return await self._rows.find_one({"_id": identity}, {"_id": 1}) is not None

    async def one(self, identity: str, on: date, units: Collection[str]) -> Document | None:
        """A task that may be chosen for a day by whoever works in one of `units`."""
        found: Document | None = await self._rows.find_one({"_id": identity, **_on(on), **_of(units)})
        return found

    async def of(self, units: Collection[str] | None, on: date | None) -> list[TaskRecord]:
        """The tasks of `units` and of every unit (None: all there are) that hold on a day (None: on any)."""
        query = {**(_of(units) if units is not None else {}), **(_on(on) if on else {})}
        return [record(row) async for row in self._rows.find(query).sort("name", 1)]


def record(row: Document) -> TaskRecord:
    """A stored task as it is answered."""
    return TaskRecord(
        id=row["_id"],
        name=row["name"],
        unit_id=row["unit"] or None,
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )


def _of(units: Collection[str]) -> Document:
    return {"unit": {"$in": [EVERY_UNIT, *units]}}


def _on(day: date) -> Document:
    return {"valid_from": {"$lte": str(day)}, "$or": [{"valid_to": None}, {"valid_to": {"$gte": str(day)}}]}
