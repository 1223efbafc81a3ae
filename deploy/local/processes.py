"""One child process: start it, know when it is healthy, keep its log, end it with everything it started."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from deploy.local.errors import NotHealthy
from deploy.local.health import Probe
from deploy.local.program import Program
from deploy.local.records import Records
from deploy.local.spawn import dying_with_parent, signal_group

Sink = Callable[[str, bytes], None]
"""Takes a child's name and one line of its output."""

POLL_SECONDS = 0.05
SAY_AFTER_SECONDS = 10.0


class Process:
    """A program and the process that runs it now. `sink` gets its output line by line."""

    def __init__(self, program: Program, sink: Sink, records: Records) -> None:
        self.program = program
        self._sink, self._records = sink, records
        self._child: asyncio.subprocess.Process | None = None
        self._pump: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def start(self) -> None:
        """Prepare and start; it is not healthy yet when this returns."""
        await asyncio.to_thread(self.program.prepare)
        self._child = await asyncio.create_subprocess_exec(
            *self.program.argv,
            cwd=self.program.cwd,
            env={**inherited(), **self.program.env},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),
        )
        self._records.add(self.name, self._child.pid)
        self._pump = asyncio.create_task(self._read(self._child), name=f"log of {self.name}")

    async def healthy(self, waiting: Callable[[str], None], log: Path) -> float:
        """Wait until it is; seconds it took. `waiting` is told now and then what is still missing.

        Raises NotHealthy when it ends first, or takes longer than its program allows.
        """
        began = time.monotonic()
        await self._until(self.program.listening, waiting, log)
        await asyncio.to_thread(self.program.settle)
        await self._until(self.program.ready, waiting, log)
        return time.monotonic() - began

    async def _until(self, probe: Probe, waiting: Callable[[str], None], log: Path) -> None:
        began = time.monotonic()
        say_after = SAY_AFTER_SECONDS
        while (reason := await asyncio.to_thread(probe)) is not None:
            now = time.monotonic()
            if self.pid is None:
                raise NotHealthy(f"{self.name} {await self.ended()} before it was healthy; its log is {log}")
            if now - began > self.program.start_seconds:
                raise NotHealthy(f"{self.name} is not healthy after {now - began:.0f} s ({reason}); its log is {log}")
            if now - began > say_after:
                say_after *= 2
                waiting(f"waiting for {self.name}: {reason}")
            await asyncio.sleep(POLL_SECONDS)

    async def ended(self) -> str:
        """Wait for the end; how it ended, such as "ended with exit code 1" or "was killed by SIGKILL"."""
        if self._child is None:
            return "was not started"
        code = await self._child.wait()
        if self._pump:
            # What it left running in its group may hold the pipe open; its last lines are worth a moment only.
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._pump), 1)
        signal_group(self._child.pid, signal.SIGKILL)
        self._records.remove(self.name)
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    async def stop(self, *, at_once: bool = False) -> None:
        """SIGTERM, and SIGKILL after the time its program has for an orderly end; `at_once` SIGKILL right away."""
        if self._child is None:
            return
        if self.pid is not None:
            signal_group(self._child.pid, signal.SIGKILL if at_once else signal.SIGTERM)
            try:
                await asyncio.wait_for(self._child.wait(), self.program.stop_seconds)
            except TimeoutError:
                signal_group(self._child.pid, signal.SIGKILL)
        await self.ended()

    async def _read(self, child: asyncio.subprocess.Process) -> None:
        assert child.stdout is not None  # noqa: S101 - for the type checker: it was asked for
        rest = b""
        while chunk := await child.stdout.read(65_536):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._sink(self.name, line)
            if len(rest) > 1_048_576:  # no line is that long: do not collect for ever
                self._sink(self.name, rest)
                rest = b""
        if rest:
            self._sink(self.name, rest)


def inherited() -> dict[str, str]:
    """Our environment without our own variables: each child is told its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
