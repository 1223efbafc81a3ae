"""What the worker does about outages: looks for them, marks the days they may have spoiled, carries out decisions."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from pymongo.errors import PyMongoError

from kit.gathering import Unwritten
from services.attendance.outages.deciding import Deciding
from services.attendance.outages.marking import Marking
from services.attendance.outages.watch import Watch

log = structlog.get_logger()

PIECES = 200
"""Of one look: then it is looked for new outages again."""


@dataclass(frozen=True)
class OutageWork:
    """`every` seconds; while there is work left it goes on at once."""

    watch: Watch
    marking: Marking
    deciding: Deciding
    clock: Callable[[], datetime]
    every: float

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                await self.look()
            except (PyMongoError, Unwritten) as error:
                log.warning("outages cannot be worked on, trying again", error=str(error))
            await asyncio.sleep(self.every)

    async def look(self) -> None:
        """Find, mark and decide: decisions first, since somebody waits for them."""
        await self.watch.look(self.clock())
        for _ in range(PIECES):
            if not (await self.deciding.piece() or await self.marking.piece(self.clock())):
                return
