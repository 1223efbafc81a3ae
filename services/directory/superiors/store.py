"""Reports of wrong superiors: one open at a time for each employee."""

from datetime import datetime
from uuid import uuid4

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from kit.mongo import DURABLE, Database, Document, Session
from services.directory.superiors.models import Report, Resolution, State

COLLECTION = "superior_reports"


class AlreadyOpen(RuntimeError):
    """The employee has a report that is not resolved yet."""


class Reports:
    """The reports of one directory."""

    def __init__(self, db: Database) -> None:
        self._rows = db.get_collection(COLLECTION, write_concern=DURABLE)

    async def setup(self) -> None:
        """Create indexes. Idempotent."""
        only_open = {"state": "open"}
        await self._rows.create_index("employee", unique=True, partialFilterExpression=only_open, name="one_open")
        await self._rows.create_index([("state", 1), ("reported_at", 1), ("_id", 1)], name="queue")
        await self._rows.create_index([("employee", 1), ("reported_at", -1)], name="own")

    async def add(
        self, employee: str, superior: str | None, report: Report, at: datetime, session: Session | None = None
    ) -> Document:
        """A new report. Raises AlreadyOpen."""
        row: Document = {
            "_id": str(uuid4()),
            "employee": employee,
            "superior": superior,
            "right_superior": report.right_superior_id,
            "reason": report.reason,
            "state": "open",
            "reported_at": at,
        }
        try:
            await self._rows.insert_one(row, session=session)
        except DuplicateKeyError:
            raise AlreadyOpen(employee) from None
        return row

    async def own(self, employee: str) -> list[Document]:
        """All of one employee, newest first."""
        found: list[Document] = await self._rows.find({"employee": employee}).sort("reported_at", -1).to_list(None)
        return found

    async def queue(self, state: State, limit: int) -> tuple[list[Document], int]:
        """Those in a state, oldest first, and how many there are in all."""
        rows = await self._rows.find({"state": state}).sort([("reported_at", 1), ("_id", 1)]).limit(limit).to_list(None)
        return rows, await self.count(state)

    async def count(self, state: State) -> int:
        """How many there are in a state."""
        return await self._rows.count_documents({"state": state})

    async def resolve(self, identity: str, resolution: Resolution, by: str, at: datetime) -> Document | None:
        """Close an open one; None when there is none such, or it is closed already."""
        changed = {
            "state": resolution.outcome,
            "answer": resolution.answer,
            "resolved_at": at,
            "resolved_by": by,
        }
        found: Document | None = await self._rows.find_one_and_update(
            {"_id": identity, "state": "open"}, {"$set": changed}, return_document=ReturnDocument.AFTER
        )
        return found

    async def one(self, identity: str) -> Document | None:
        """A report by id."""
        found: Document | None = await self._rows.find_one({"_id": identity})
        return found
