"""The command queue of each terminal in MongoDB: queued → sent → done, failed, unanswered or cancelled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from secrets import choice
from typing import Any

from pymongo import ReturnDocument

from kit.mongo import DURABLE, Database, Document
from services.attendance.commands.rules import Kind, succeeded

COLLECTION = "commands"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
MOST_ATTEMPTS = 3


def new_id() -> str:
    """At most 16 letters and digits, as firmware accepts."""
    return "k" + "".join(choice(_ALPHABET) for _ in range(11))


class Commands:
    """One at a time per poll, oldest first."""

    def __init__(self, db: Database) -> None:
        self.collection = db.get_collection(COLLECTION, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self.collection.create_index([("serial", 1), ("state", 1), ("created", 1)], name="queue")
        await self.collection.create_index([("state", 1), ("sent", 1)], name="unanswered")
        await self.collection.create_index([("kind", 1), ("finished", 1)], name="results")

    async def queue(
        self, serial: str, kind: Kind, parameters: Mapping[str, str], at: datetime, *, why: str = ""
    ) -> Document:
        """Queue a command; one of the same kind and parameters that still waits is not queued twice."""
        same = {"serial": serial, "kind": kind, "parameters": dict(parameters), "state": {"$in": ["queued", "sent"]}}
        if (waiting := await self.collection.find_one(same)) is not None:
            existing: Document = waiting
            return existing
        command: Document = {
            "_id": new_id(),
            "serial": serial,
            "kind": kind,
            "parameters": dict(parameters),
            "state": "queued",
            "why": why,
            "created": at,
            "attempts": 0,
        }
        await self.collection.insert_one(command)
        return command

    async def take(self, serial: str, at: datetime) -> Document | None:
        """The next command for a terminal that polls, now marked as sent; None when there is none."""
        found: Document | None = await self.collection.find_one_and_update(
            {"serial": serial, "state": "queued"},
            {"$set": {"state": "sent", "sent": at}, "$inc": {"attempts": 1}},
            sort=[("created", 1)],
            return_document=ReturnDocument.AFTER,
        )
        return found

    async def refused(self, kind: Kind, returned: int) -> set[str]:
        """Terminals that answered a command of this kind with that value, and never did it since."""
        pipeline: list[Document] = [
            {"$match": {"kind": kind, "state": {"$in": ["done", "failed"]}}},
            {"$sort": {"finished": 1}},
            {"$group": {"_id": "$serial", "returned": {"$last": "$returned"}}},
            {"$match": {"returned": returned}},
        ]
        return {row["_id"] async for row in self.collection.aggregate(pipeline)}

    async def of(self, serial: str, limit: int) -> list[Document]:
        """A terminal's commands, newest first."""
        found: list[Document] = await self.collection.find({"serial": serial}).sort("created", -1).to_list(limit)
        return found

    async def newest(self, serial: str, kind: Kind, parameters: Mapping[str, str]) -> Document | None:
        """The last command of a kind with just these parameters."""
        query = {"serial": serial, "kind": kind, "parameters": dict(parameters)}
        found: Document | None = await self.collection.find_one(query, sort=[("created", -1)])
        return found

    async def about(self, serials: Sequence[str], periods: Sequence[str]) -> dict[str, list[Document]]:
        """What terminals were asked about periods ("first second/last second"), by serial number, newest first."""
        found: dict[str, list[Document]] = {}
        bounds = [dict(zip(("start", "end"), one.partition("/")[::2], strict=True)) for one in periods]
        if bounds:
            query = {"serial": {"$in": list(serials)}, "parameters": {"$in": bounds}}
            async for row in self.collection.find(query).sort("created", -1):
                found.setdefault(row["serial"], []).append(row)
        return found

    async def cancel(self, serial: str, command_id: str, at: datetime) -> bool:
        """Take a command out of the queue; False when a terminal has it already."""
        result = await self.collection.update_one(
            {"_id": command_id, "serial": serial, "state": "queued"},
            {"$set": {"state": "cancelled", "finished": at}},
        )
        return bool(result.modified_count)

    async def finish(self, serial: str, command_id: str, at: datetime, fields: Mapping[str, Any]) -> Document | None:
        """Record a result. None when this terminal was never given such a command: unsolicited."""
        returned = fields.get("returned")
        state = "done" if returned is not None and succeeded(returned) else "failed"
        found: Document | None = await self.collection.find_one_and_update(
            {"_id": command_id, "serial": serial},
            {"$set": {**fields, "state": state, "finished": at}},
            return_document=ReturnDocument.AFTER,
        )
        return found

    async def unsolicited(self, serial: str, command_id: str, at: datetime, fields: Mapping[str, Any]) -> None:
        """Record a result nobody asked for; the same one again is counted."""
        await self.collection.update_one(
            {"_id": f"{serial}|{command_id}"},
            {
                "$setOnInsert": {"serial": serial, "kind": "unsolicited", "parameters": {}, "created": at},
                "$set": {**fields, "state": "unsolicited", "finished": at},
                "$inc": {"attempts": 1},
            },
            upsert=True,
        )

    async def requeue_unanswered(self, before: datetime, repeatable: frozenset[Kind]) -> int:
        """Ask again what was sent before `before` and never answered; after three times it is `unanswered`."""
        late = {"state": "sent", "sent": {"$lt": before}}
        again = await self.collection.update_many(
            {**late, "kind": {"$in": sorted(repeatable)}, "attempts": {"$lt": MOST_ATTEMPTS}},
            {"$set": {"state": "queued"}},
        )
        await self.collection.update_many(late, {"$set": {"state": "unanswered"}})
        count: int = again.modified_count
        return count
