"""Each night every terminal is asked how many records it holds of the day before (devices.md section 1.5).

The answer is compared with what we received of that day (commands/answers.py); a difference is a gap and is asked for.
"""

import asyncio
from datetime import datetime, time, timedelta

import structlog
from pymongo.errors import DuplicateKeyError, PyMongoError

from kit.mongo import Database
from services.attendance.commands.store import Commands
from services.attendance.devices.registry import Clock, Registry, Terminal
from services.attendance.punches.instants import wall_clock

log = structlog.get_logger()

COLLECTION = "nightly_counts"
# After midnight shifts have punched out, before the morning rush.
FROM, UNTIL = time(2, 0), time(5, 0)
KEPT_DAYS = 30
UNSUPPORTED = -1002


def due(local: datetime) -> str | None:
    """The date to ask about at a naive wall time of the site, or None outside the hours for it."""
    return (local.date() - timedelta(days=1)).isoformat() if FROM <= local.time() < UNTIL else None


class Nightly:
    """`every` seconds it looks whose night it is. A terminal that cannot count (−1002) is not asked again."""

    def __init__(self, db: Database, registry: Registry, commands: Commands, clock: Clock, *, every: float) -> None:
        self._asked = db.get_collection(COLLECTION)
        self._registry = registry
        self._commands = commands
        self._clock = clock
        self._every = every

    async def setup(self) -> None:
        """The index that forgets. Idempotent."""
        await self._asked.create_index("at", name="forget", expireAfterSeconds=KEPT_DAYS * 86_400)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except PyMongoError as error:
                log.warning("nightly counts could not be asked for, trying again", error=str(error))
            await asyncio.sleep(self._every)

    async def look(self) -> int:
        """Ask every terminal whose turn it is, once a day each; returns how many."""
        now = self._clock()
        count = 0
        unable: set[str] | None = None
        for terminal in list(self._registry.terminals.values()):
            day = due(wall_clock(terminal.origin.zone, now)) if terminal.origin is not None else None
            if day is None or not await self._first(terminal, day, now):
                continue
            if unable is None:
                unable = await self._commands.refused("verify_attlog", UNSUPPORTED)
            if terminal.serial not in unable:
                period = {"start": f"{day} 00:00:00", "end": f"{day} 23:59:59"}
                await self._commands.queue(terminal.serial, "verify_attlog", period, now, why="hitung malam")
                count += 1
        return count

    async def _first(self, terminal: Terminal, day: str, now: datetime) -> bool:
        try:
            await self._asked.insert_one({"_id": f"{terminal.serial}|{day}", "at": now})
        except DuplicateKeyError:
            return False
        return True
