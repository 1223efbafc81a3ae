"""Brings the programs up in order of health, keeps them up, and takes them down in reverse order."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from deploy.local.errors import CannotStart, NotHealthy
from deploy.local.processes import Process, Sink
from deploy.local.program import Program
from deploy.local.records import Records

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0


def pause_after(ran_seconds: float, last_pause: float) -> float:
    """Seconds before a dead child is started again: doubling while it keeps dying, small after a steady minute."""
    if ran_seconds >= STEADY_SECONDS or last_pause == 0:
        return FIRST_PAUSE
    return min(last_pause * 2, LONGEST_PAUSE)


class Supervisor:
    """`say` gets the supervisor's own lines, `sink` the children's output; logs lie in `logs`."""

    def __init__(
        self, programs: Sequence[Program], *, say: Callable[[str], None], sink: Sink, records: Records, logs: Path
    ) -> None:
        self._say, self._logs = say, logs
        self.processes = [Process(program, sink, records) for program in programs]
        self._watchers: list[asyncio.Task[None]] = []

    def _ranks(self) -> list[list[Process]]:
        ranks = sorted({process.program.rank for process in self.processes})
        return [[process for process in self.processes if process.program.rank == rank] for rank in ranks]

    async def start(self) -> None:
        """Everything, rank by rank, those of one rank together. Raises NotHealthy for the first that fails."""
        for rank in self._ranks():
            async with asyncio.TaskGroup() as group:
                for process in rank:
                    group.create_task(self._bring_up(process))
            self._watchers += [
                asyncio.create_task(self._keep_up(process), name=f"watch {process.name}") for process in rank
            ]

    async def _bring_up(self, process: Process) -> None:
        began = time.monotonic()
        await process.start()
        await process.healthy(self._say, self._log_of(process))
        self._say(f"{process.name} is up after {time.monotonic() - began:.1f} s (pid {process.pid})")

    async def _keep_up(self, process: Process) -> None:
        pause, began = 0.0, time.monotonic()
        while True:
            how = await process.ended()
            pause = pause_after(time.monotonic() - began, pause)
            self._say(f"{process.name} {how}: starting it again in {pause:.1f} s (log: {self._log_of(process)})")
            await asyncio.sleep(pause)
            began = time.monotonic()
            try:
                await process.start()
                seconds = await process.healthy(self._say, self._log_of(process))
            except (NotHealthy, CannotStart, OSError) as error:
                self._say(str(error))
                await process.stop()
            else:
                self._say(f"{process.name} is up again after {seconds:.1f} s (pid {process.pid})")

    async def watch(self) -> None:
        """Returns only by cancellation, or raises what broke a watcher: that would be a mistake of ours."""
        await asyncio.gather(*self._watchers)

    async def stop(self) -> None:
        """Everything in reverse order of rank; those of one rank together. Nothing runs when this returns."""
        for watcher in self._watchers:
            watcher.cancel()
        for watcher in self._watchers:
            with suppress(asyncio.CancelledError):
                await watcher
        for rank in reversed(self._ranks()):
            await asyncio.gather(*(process.stop() for process in rank))

    async def kill(self) -> None:
        """Everything at once, without an orderly end."""
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*(process.stop(at_once=True) for process in self.processes))

    def _log_of(self, process: Process) -> Path:
        return self._logs / f"{process.name}.log"
