"""Asks again what a terminal never answered."""

import asyncio
from datetime import timedelta

import structlog
from pymongo.errors import PyMongoError

from services.attendance.commands.rules import REPEATABLE
from services.attendance.commands.store import Commands
from services.attendance.devices.registry import Clock

log = structlog.get_logger()


class Overdue:
    """`after` seconds without a result a command is queued again, or given up."""

    def __init__(self, commands: Commands, clock: Clock, *, after: float) -> None:
        self._commands = commands
        self._clock = clock
        self._after = timedelta(seconds=after)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self._commands.requeue_unanswered(self._clock() - self._after, REPEATABLE)
            except PyMongoError as error:
                log.warning("unanswered commands cannot be looked for, trying again", error=str(error))
            await asyncio.sleep(self._after.total_seconds() / 10)
