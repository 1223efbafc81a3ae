"""Replays by itself what became possible meanwhile: a terminal was approved, a PIN was enrolled, while a line was on
its way. So no race between intake and a person's decision leaves anything behind."""

import asyncio

import structlog
from pymongo.errors import PyMongoError

from kit.gathering import Unwritten
from services.attendance.quarantine.replay import Replay
from services.attendance.quarantine.store import Quarantine

log = structlog.get_logger()

PINS_EVERY = 30


class Sweep:
    """`every` seconds for requests; lines with unknown PINs are looked at every PINS_EVERY rounds."""

    def __init__(self, replay: Replay, quarantine: Quarantine, *, every: float) -> None:
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
                    await self._replay.newly_enrolled()
            except (PyMongoError, Unwritten) as error:
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
