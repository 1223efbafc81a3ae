"""Replays by itself what became possible meanwhile: a terminal was approved, a PIN was enrolled, while a line was on
its way. So no race between intake and a person's decision leaves anything behind."""

import asyncio

import structlog
from pymongo.errors import PyMongoError

from kit.journal import JournalUnavailable
from kit.mongo import Database, Document
from services.attendance.enrolments.cache import COLLECTION as ENROLMENTS
from services.attendance.quarantine.replay import Replay
from services.attendance.quarantine.store import Quarantine

log = structlog.get_logger()

PINS_EVERY = 30


class Sweep:
    """`every` seconds for requests; lines with unknown PINs are looked at every PINS_EVERY rounds."""

    def __init__(self, db: Database, replay: Replay, quarantine: Quarantine, *, every: float) -> None:
        self._enrolments = db.get_collection(ENROLMENTS)
        self._replay = replay
        self._quarantine = quarantine
        self._every = every

    async def run(self) -> None:
        """Sweep until cancelled."""
        number = 0
        while True:
            try:
                await self.requests()
                if number % PINS_EVERY == 0:
                    await self.pins()
            except (PyMongoError, JournalUnavailable) as error:
                log.warning("held records could not be replayed, trying again", error=str(error))
            number += 1
            await asyncio.sleep(self._every)

    async def requests(self) -> int:
        """Requests of terminals that are active now; returns how many were replayed."""
        count = 0
        for serial in await self._quarantine.waiting_serials():
            done = await self._replay.requests(serial)
            if done.requests:
                log.info("kept requests were replayed", serial=serial, requests=done.requests, punches=done.accepted)
            count += done.requests
        return count

    async def pins(self) -> int:
        """Lines whose PIN is enrolled now; returns how many became punches."""
        pipeline: list[Document] = [
            {"$match": {"state": "open", "reason": "unknown_pin"}},
            {"$group": {"_id": {"$concat": ["$space", "|", "$pin"]}}},
            {"$lookup": {"from": ENROLMENTS, "localField": "_id", "foreignField": "_id", "as": "enrolled"}},
            {"$match": {"enrolled": {"$ne": []}}},
            {"$project": {"_id": 1}},
        ]
        count = 0
        async for row in self._quarantine.lines.aggregate(pipeline):
            space, _, pin = row["_id"].partition("|")
            done = await self._replay.lines({"space": space, "pin": pin, "reason": "unknown_pin"})
            count += done.accepted
        return count
