"""Watches for imports and runs each in a process of its own.

An import of 100,000 rows works the processor for half a minute and takes some hundred megabytes; in its own process it
neither holds up the API's loop nor stays in its memory, and one that dies takes nobody with it: it is found again when
its lease has run out.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime

import structlog
from pymongo.errors import PyMongoError

from services.directory.transfer.records import Imports

log = structlog.get_logger()

LOOK_SECONDS = 0.5


class ImportWorker:
    """One per directory process; several do no harm, each import has one lease."""

    def __init__(self, imports: Imports, clock: Callable[[], datetime]) -> None:
        self._imports = imports
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                identity = await self._imports.waiting(self._clock())
            except PyMongoError as error:
                log.warning("imports cannot be looked for, trying again", error=repr(error))
                identity = None
            if identity is None:
                await asyncio.sleep(LOOK_SECONDS)
            else:
                await self._run_apart(identity)

    async def _run_apart(self, identity: str) -> None:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.directory", "run-import", identity), stdin=asyncio.subprocess.PIPE
        )
        try:
            code = await child.wait()
        finally:
            if child.returncode is None:  # we are asked to stop; the import goes on after the next start
                child.terminate()
                await child.wait()
        if code:
            log.error("the process of an import died; it is tried again", import_id=identity, exit_code=code)
            await asyncio.sleep(LOOK_SECONDS)
