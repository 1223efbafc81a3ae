"""Lines and requests that wait for a person. Nothing here is ever deleted: it is accepted, or dismissed with a reason.

`quarantine` holds single lines: `_id` is a hash of terminal, line and reason, so that a terminal that sends a bad line
220 times makes one item with a count. `pending_requests` holds whole requests of terminals that nobody approved yet.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne
from pymongo.errors import DuplicateKeyError

from kit.mongo import DURABLE, Database, Document
from services.attendance.enrolments.cache import COLLECTION as ENROLMENTS
from services.attendance.punches.rules import HeldLine

LINES = "quarantine"
REQUESTS = "pending_requests"
LINE_MOST = 4_096  # longer lines keep their beginning here; the whole is in the journal entry


def item_id(serial: str, held: HeldLine) -> str:
    """The deterministic id of a held line."""
    content = b"\0".join((serial.encode(), held.reason.encode(), held.line))
    return blake2b(content, digest_size=16).hexdigest()


class Quarantine:
    """Durable before it returns, like the journal."""

    def __init__(self, db: Database) -> None:
        self.lines = db.get_collection(LINES, write_concern=DURABLE)
        self._limits = db.get_collection("pending_limits")
        self.requests = db.get_collection(REQUESTS, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self.lines.create_index([("state", 1), ("serial", 1), ("reason", 1), ("_id", 1)], name="worklist")
        await self.lines.create_index([("space", 1), ("pin", 1), ("state", 1)], name="by_pin")
        await self.lines.create_index([("serial", 1), ("local_time", 1)], name="by_time")
        await self.requests.create_index([("state", 1), ("serial", 1), ("_id", 1)], name="worklist")

    async def hold(
        self, serial: str, space: str, held: Iterable[HeldLine], *, received: datetime, source: str, ambiguous: bool
    ) -> None:
        """Keep lines; one that is known already is counted, and what a person decided about it stands."""
        writes = [
            UpdateOne(
                {"_id": item_id(serial, line)},
                {
                    "$setOnInsert": {
                        "serial": serial,
                        "space": space,
                        "reason": line.reason,
                        "problem": line.problem,
                        "line": line.line[:LINE_MOST],
                        "pin": line.pin,
                        "local_time": line.local_time,
                        "status": line.status,
                        "verify": line.verify,
                        "offset": line.offset,
                        "received": received,
                        "source": source,
                        "ambiguous": ambiguous,
                        "state": "open",
                    },
                    "$set": {"last_received": received},
                    "$inc": {"count": 1},
                },
                upsert=True,
            )
            for line in held
        ]
        if writes:
            await self.lines.bulk_write(writes, ordered=False)

    async def reserve(self, serial: str, size: int, most: int) -> bool:
        """Take `size` bytes of what may be kept of a terminal nobody approved; False when that is used up."""
        try:
            await self._limits.update_one(
                {"_id": serial, "bytes": {"$lte": most - size}}, {"$inc": {"bytes": size, "requests": 1}}, upsert=True
            )
        except DuplicateKeyError:  # the guard did not match, so the upsert tried to insert a second document
            return False
        return True

    async def release(self, serial: str, size: int) -> None:
        """Give bytes back after a replay."""
        await self._limits.update_one({"_id": serial}, {"$inc": {"bytes": -size}})

    async def keep_request(self, serial: str, fields: Mapping[str, Any]) -> None:
        """Keep a whole request for the time after approval."""
        await self.requests.insert_one({"_id": ObjectId(), "serial": serial, "state": "open", **fields})

    async def open_requests(self, serial: str, most: int) -> list[Document]:
        """The oldest requests of a terminal that wait."""
        found: list[Document] = (
            await self.requests.find({"serial": serial, "state": "open"}).sort("_id", 1).to_list(most)
        )
        return found

    async def settle_request(self, request: ObjectId, state: str, at: datetime, note: str = "") -> bool:
        """Close a request as `replayed` or `dismissed`. False when it was closed already."""
        result = await self.requests.update_one(
            {"_id": request, "state": "open"}, {"$set": {"state": state, "settled_at": at, "note": note}}
        )
        return bool(result.modified_count)

    async def waiting_serials(self) -> list[str]:
        """Terminals with requests that wait."""
        found: list[str] = await self.requests.distinct("serial", {"state": "open"})
        return found

    async def open_lines(self, query: Mapping[str, Any], *, batch: int = 500) -> AsyncIterator[list[Document]]:
        """Open items in batches, in order of id; safe while the items of a batch are being closed."""
        after = ""
        while True:
            found = (
                await self.lines.find({"$and": [{"state": "open", "_id": {"$gt": after}}, dict(query)]})
                .sort("_id", 1)
                .to_list(batch)
            )
            if not found:
                return
            yield found
            after = found[-1]["_id"]

    async def enrolled_now(self) -> list[tuple[str, str]]:
        """(space, PIN) of open lines that were held for an unknown PIN which is enrolled by now."""
        pipeline: list[Document] = [
            {"$match": {"state": "open", "reason": "unknown_pin"}},
            {"$group": {"_id": {"$concat": ["$space", "|", "$pin"]}}},
            {"$lookup": {"from": ENROLMENTS, "localField": "_id", "foreignField": "_id", "as": "enrolled"}},
            {"$match": {"enrolled": {"$ne": []}}},
            {"$project": {"_id": 1}},
        ]
        keys = [row["_id"].partition("|") async for row in self.lines.aggregate(pipeline)]
        return [(space, pin) for space, _, pin in keys]

    async def settle(
        self, ids: Sequence[str], state: str, at: datetime, *, note: str = "", extra: Mapping[str, Any] | None = None
    ) -> int:
        """Close items as `accepted` or `dismissed`; those closed already are left as they are. Returns how many."""
        result = await self.lines.update_many(
            {"_id": {"$in": list(ids)}, "state": "open"},
            {"$set": {"state": state, "settled_at": at, "note": note, **(extra or {})}},
        )
        modified: int = result.modified_count
        return modified

    async def page(self, state: str, serial: str | None, reason: str | None, after: str, limit: int) -> list[Document]:
        """Items by id after `after`."""
        query: Document = {"state": state, "_id": {"$gt": after}}
        if serial is not None:
            query["serial"] = serial
        if reason is not None:
            query["reason"] = reason
        found: list[Document] = await self.lines.find(query).sort("_id", 1).to_list(limit)
        return found

    async def groups(self) -> list[Document]:
        """Open lines by terminal and reason, the most first."""
        pipeline: list[Document] = [
            {"$match": {"state": "open"}},
            {
                "$group": {
                    "_id": {"serial": "$serial", "reason": "$reason", "pin": "$pin"},
                    "count": {"$sum": 1},
                    "oldest": {"$min": "$received"},
                    "newest": {"$max": "$last_received"},
                }
            },
            {
                "$group": {
                    "_id": {"serial": "$_id.serial", "reason": "$_id.reason"},
                    "count": {"$sum": "$count"},
                    "pins": {"$sum": 1},
                    "oldest": {"$min": "$oldest"},
                    "newest": {"$max": "$newest"},
                }
            },
            {"$sort": {"count": -1, "_id": 1}},
        ]
        found: list[Document] = await self.lines.aggregate(pipeline).to_list(None)
        return found

    async def waiting_page(self, serial: str | None, after: ObjectId | None, limit: int) -> list[Document]:
        """Waiting requests in the order they came."""
        query: Document = {"state": "open"}
        if serial is not None:
            query["serial"] = serial
        if after is not None:
            query["_id"] = {"$gt": after}
        found: list[Document] = await self.requests.find(query).sort("_id", 1).to_list(limit)
        return found

    async def move_space(self, serial: str, space: str) -> None:
        """The terminal's PINs belong to another space from now on: what waits is looked up there."""
        await self.lines.update_many({"serial": serial, "state": "open"}, {"$set": {"space": space}})

    async def waiting_count(self, serials: Sequence[str]) -> dict[str, int]:
        """Waiting requests per terminal."""
        pipeline = [
            {"$match": {"state": "open", "serial": {"$in": list(serials)}}},
            {"$group": {"_id": "$serial", "count": {"$sum": 1}}},
        ]
        return {row["_id"]: row["count"] async for row in self.requests.aggregate(pipeline)}

    async def open_count(self, serials: Sequence[str]) -> dict[str, int]:
        """Open lines per terminal."""
        pipeline = [
            {"$match": {"state": "open", "serial": {"$in": list(serials)}}},
            {"$group": {"_id": "$serial", "count": {"$sum": 1}}},
        ]
        return {row["_id"]: row["count"] async for row in self.lines.aggregate(pipeline)}
