"""What was uploaded when, and what became of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bson import ObjectId

from kit.mongo import DURABLE, Database, Document

COLLECTION = "imports"


class ImportStore:
    """One document per upload; the rows themselves are in the journal."""

    def __init__(self, db: Database) -> None:
        self._collection = db.get_collection(COLLECTION, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self._collection.create_index([("serial", 1), ("_id", -1)], name="by_device")
        await self._collection.create_index("sha256", name="by_content")

    async def begin(self, fields: Mapping[str, Any], at: datetime) -> ObjectId:
        """An upload starts."""
        identity = ObjectId()
        await self._collection.insert_one({"_id": identity, "state": "running", "started": at, **fields})
        return identity

    async def progress(self, identity: ObjectId, report: Mapping[str, Any]) -> None:
        """How far it is."""
        await self._collection.update_one({"_id": identity}, {"$set": {"report": dict(report)}})

    async def end(self, identity: ObjectId, state: str, report: Mapping[str, Any], at: datetime) -> Document:
        """Done or failed."""
        await self._collection.update_one(
            {"_id": identity}, {"$set": {"state": state, "report": dict(report), "finished": at}}
        )
        found = await self._collection.find_one({"_id": identity})
        if found is None:
            raise LookupError(f"import {identity} has vanished from the database")
        document: Document = found
        return document

    async def get(self, identity: ObjectId) -> Document | None:
        """One upload."""
        found: Document | None = await self._collection.find_one({"_id": identity})
        return found

    async def same_content(self, serial: str, digest: str) -> Document | None:
        """The latest completed upload of the very same file for this terminal."""
        found: Document | None = await self._collection.find_one(
            {"serial": serial, "sha256": digest, "state": "done"}, sort=[("_id", -1)]
        )
        return found

    async def page(self, serial: str | None, before: ObjectId | None, limit: int) -> list[Document]:
        """Newest first."""
        query: Document = {}
        if serial is not None:
            query["serial"] = serial
        if before is not None:
            query["_id"] = {"$lt": before}
        found: list[Document] = await self._collection.find(query).sort("_id", -1).to_list(limit)
        return found
