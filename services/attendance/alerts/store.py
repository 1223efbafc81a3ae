"""Alerts in MongoDB: at most one open per terminal, kind and subject; closed ones stay as history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from bson import ObjectId
from pymongo import ReturnDocument, UpdateOne
from pymongo.errors import DuplicateKeyError

from kit.mongo import Database, Document

COLLECTION = "alerts"

Kind = Literal["silent", "clock_drift", "tamper", "gap", "wrong_token", "new_address", "unknown_table", "tz_mismatch"]


class Alerts:
    """`subject` tells alerts of one kind apart: a table, an address, an operation; "" if one is enough."""

    def __init__(self, db: Database) -> None:
        self.collection = db.get_collection(COLLECTION)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self.collection.create_index(
            [("serial", 1), ("kind", 1), ("subject", 1)],
            name="one_open",
            unique=True,
            partialFilterExpression={"open": True},
        )
        await self.collection.create_index([("open", 1), ("since", -1)], name="by_time")

    async def open(
        self, serial: str, kind: Kind, at: datetime, *, subject: str = "", detail: str = "", once: bool = False
    ) -> bool:
        """Open the alert, or count it again when it is open. True when it is new.

        With `once` an alert that a person has closed stays closed: for events that a terminal may report again.
        """
        key = {"serial": serial, "kind": kind, "subject": subject}
        if once and await self.collection.find_one({**key, "open": False}, {"_id": 1}):
            return False
        change: dict[str, Any] = {
            "$setOnInsert": {"since": at},
            "$set": {"detail": detail, "last_at": at},
            "$inc": {"count": 1},
        }
        try:
            result = await self.collection.update_one({**key, "open": True}, change, upsert=True)
        except DuplicateKeyError:  # two processes opened it in the same moment; the other one's stands
            return False
        return result.upserted_id is not None

    async def close(self, serial: str, kind: Kind, at: datetime, *, subject: str | None = None, note: str = "") -> bool:
        """Close what is open of this kind. False when nothing was."""
        query: Document = {"serial": serial, "kind": kind, "open": True}
        if subject is not None:
            query["subject"] = subject
        result = await self.collection.update_many(query, {"$set": {"open": False, "closed_at": at, "note": note}})
        return bool(result.modified_count)

    async def open_of(self, serials: list[str] | None = None, kind: Kind | None = None) -> list[Document]:
        """Open alerts, oldest first."""
        query: Document = {"open": True}
        if kind is not None:
            query["kind"] = kind
        if serials is not None:
            query["serial"] = {"$in": serials}
        found: list[Document] = await self.collection.find(query).sort("since", 1).to_list(None)
        return found

    async def since(self, serials: Sequence[str], kinds: Sequence[Kind], at: datetime) -> list[Document]:
        """Alerts of these kinds that are open, or were at some time since then; oldest first."""
        still = {"$or": [{"open": True}, {"closed_at": {"$gte": at}}]}
        query: Document = {"serial": {"$in": list(serials)}, "kind": {"$in": list(kinds)}, **still}
        found: list[Document] = await self.collection.find(query).sort("since", 1).to_list(None)
        return found

    async def page(
        self, is_open: bool | None, serial: str | None, kind: Kind | None, before: ObjectId | None, limit: int
    ) -> list[Document]:
        """Newest first."""
        query: Document = {}
        for name, value in (("open", is_open), ("serial", serial), ("kind", kind)):
            if value is not None:
                query[name] = value
        if before is not None:
            query["_id"] = {"$lt": before}
        found: list[Document] = await self.collection.find(query).sort("_id", -1).to_list(limit)
        return found

    async def close_one(self, alert: ObjectId, at: datetime, note: str) -> Document | None:
        """A person closes it. None when it is not open."""
        found: Document | None = await self.collection.find_one_and_update(
            {"_id": alert, "open": True},
            {"$set": {"open": False, "closed_at": at, "note": note}},
            return_document=ReturnDocument.AFTER,
        )
        return found

    async def open_many(self, found: list[tuple[str, Kind, str, str]], at: datetime) -> None:
        """Open several (serial, kind, subject, detail) at once, such as all terminals that fell silent together."""
        if found:
            await self.collection.bulk_write(
                [
                    UpdateOne(
                        {"serial": serial, "kind": kind, "subject": subject, "open": True},
                        {
                            "$setOnInsert": {"since": at},
                            "$set": {"detail": detail, "last_at": at},
                            "$inc": {"count": 1},
                        },
                        upsert=True,
                    )
                    for serial, kind, subject, detail in found
                ],
                ordered=False,
            )
