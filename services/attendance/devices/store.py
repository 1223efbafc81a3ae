"""Registration and state of terminals in MongoDB."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo import ReturnDocument, UpdateOne

from kit.mongo import DURABLE, Database, Document
from services.attendance.devices.models import Device, Status
from services.attendance.devices.registry import DEVICES

STATES, PAUSES = "device_states", "intake_pauses"
PAUSE = timedelta(seconds=30)
"""No beat of any intake process for so long: the device port was away, or could store nothing."""
MOST_ADDRESSES = 32


class DeviceStore:
    """`devices`: what people registered. `device_states`: heartbeat and what the terminal says of itself."""

    def __init__(self, db: Database) -> None:
        self.devices = db.get_collection(DEVICES, write_concern=DURABLE)
        # A heartbeat that is lost in a crash comes again in seconds.
        self.states = db.get_collection(STATES)
        self._beats = db.get_collection("intake_beats")
        self._pauses = db.get_collection(PAUSES)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self.devices.create_index([("status", 1), ("_id", 1)], name="by_status")
        await self.devices.create_index([("site_id", 1)], name="by_site")

    async def first_seen(self, serial: str, at: datetime, address: str) -> Device:
        """List an unknown terminal as pending; returns it as it is now, which another process may have changed."""
        fresh = Device(serial=serial, first_seen=at, changed_at=at, addresses=(address,) if address else ())
        document = fresh.to_document()
        document.pop("_id")
        found = await self.devices.find_one_and_update(
            {"_id": serial}, {"$setOnInsert": document}, upsert=True, return_document=ReturnDocument.AFTER
        )
        return Device.from_document(found)

    async def get(self, serial: str) -> Device | None:
        """One registration."""
        found = await self.devices.find_one({"_id": serial})
        return Device.from_document(found) if found else None

    async def page(self, status: Status | None, part: str, after: str, limit: int) -> tuple[list[Device], int]:
        """Registrations by serial number after `after`, and how many match in all. `part` of serial or name."""
        query: Document = {}
        if status is not None:
            query["status"] = status
        if part:
            pattern = {"$regex": re.escape(part), "$options": "i"}
            query["$or"] = [{"_id": pattern}, {"name": pattern}]
        following = {"$and": [query, {"_id": {"$gt": after}}]}
        rows = await self.devices.find(following).sort("_id", 1).to_list(limit)
        return [Device.from_document(row) for row in rows], await self.devices.count_documents(query)

    async def change(
        self, serial: str, fields: Mapping[str, Any], at: datetime, *, version: int | None = None
    ) -> Device | None:
        """Set fields and raise the version. None when there is no such terminal, or it is not at `version`."""
        query: Document = {"_id": serial}
        if version is not None:
            query["version"] = version
        found = await self.devices.find_one_and_update(
            query,
            {"$set": {**fields, "changed_at": at}, "$inc": {"version": 1}},
            return_document=ReturnDocument.AFTER,
        )
        return Device.from_document(found) if found else None

    async def register(self, device: Device) -> None:
        """A new registration. Raises DuplicateKeyError when the serial number is known."""
        await self.devices.insert_one(device.to_document())

    async def add_address(self, serial: str, address: str) -> None:
        """Remember a source address, the newest MOST_ADDRESSES."""
        await self.devices.update_one(
            {"_id": serial, "addresses": {"$ne": address}},
            {"$push": {"addresses": {"$each": [address], "$slice": -MOST_ADDRESSES}}, "$inc": {"version": 1}},
        )

    async def take_recollect(self, serial: str) -> bool:
        """True exactly once after a person asked for everything the terminal holds."""
        result = await self.devices.update_one(
            {"_id": serial, "recollect": True}, {"$set": {"recollect": False}, "$inc": {"version": 1}}
        )
        return bool(result.modified_count)

    async def write_states(self, states: Sequence[tuple[str, Mapping[str, Any], Mapping[str, Any]]]) -> None:
        """Heartbeats of many terminals in one call: (serial, instants that only move forward, fields to set)."""
        writes = []
        for serial, newest, fields in states:
            change: Document = {"$max": dict(newest)}
            if fields:
                change["$set"] = dict(fields)
            writes.append(UpdateOne({"_id": serial}, change, upsert=True))
        if writes:
            await self.states.bulk_write(writes, ordered=False)

    async def beat(self, process: str, at: datetime) -> None:
        """An intake process says that it listens. Where none has for too long, that is written down."""
        before = await self.newest_beat()
        if before is not None and at - before > PAUSE:
            row = {"since": before, "until": at}
            await self._pauses.update_one({"_id": before.isoformat()}, {"$setOnInsert": row}, upsert=True)
        await self._beats.update_one({"_id": process}, {"$max": {"at": at}}, upsert=True)

    async def pauses(self, since: datetime) -> list[Document]:
        """When nobody listened, of what has ended since then: `since`, `until`."""
        found: list[Document] = await self._pauses.find({"until": {"$gte": since}}).sort("since", 1).to_list(1_000)
        return found

    async def newest_beat(self) -> datetime | None:
        """When any intake process last said so."""
        found = await self._beats.find_one(sort=[("at", -1)])
        return found["at"] if found else None

    async def states_of(self, serials: Sequence[str] | None = None) -> dict[str, Document]:
        """Present states by serial number."""
        query = {} if serials is None else {"_id": {"$in": list(serials)}}
        return {row["_id"]: row async for row in self.states.find(query)}
