"""`make run`: from whatever is on the disk to a running stack, and back to nothing running."""

import asyncio
import os
import signal
import sys
import time
from contextlib import suppress
from typing import TextIO

from deploy.local import assembly, credentials, demo_city, preflight, summary
from deploy.local.errors import CannotStart, NotHealthy
from deploy.local.logs import LogFile, View
from deploy.local.processes import Sink
from deploy.local.records import Lock, Records
from deploy.local.settings import StackSettings
from deploy.local.spawn import allow_connections
from deploy.local.supervisor import Supervisor

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def run(settings: StackSettings, *, out: TextIO = sys.stdout, colour: bool = False) -> int:
    """Run until asked to stop; the exit code. Raises CannotStart before anything runs."""
    os.umask(0o077)  # what is kept here is nobody else's to read
    allow_connections()
    preflight.data_folder(settings.data)
    lock = Lock(settings.data / "supervisor.lock").take()
    try:
        secrets = credentials.load(settings.data, settings.token)
        records = Records(settings.data / "run")
        strays = await asyncio.to_thread(records.end_strays)
        programs = assembly.programs(settings, secrets)
        view = View([program.name for program in programs], out, colour=colour)
        if strays:
            view.say(f"ended what an earlier run left behind: {', '.join(strays)}")
        preflight.check(settings, programs)
        logs = settings.data / "logs"
        files = {program.name: LogFile(logs / f"{program.name}.log") for program in programs}

        def sink(name: str, line: bytes) -> None:
            if name in files:
                files[name].write(line)
            view.line(name, line)

        supervisor = Supervisor(programs, say=view.say, sink=sink, records=records, logs=logs)
        return await _until_stopped(settings, secrets, supervisor, view, sink)
    finally:
        (settings.data / "summary.txt").unlink(missing_ok=True)
        lock.release()


async def _until_stopped(
    settings: StackSettings,
    secrets: credentials.Credentials,
    supervisor: Supervisor,
    view: View,
    sink: Sink,
) -> int:
    asked = _Asked()
    work = asyncio.create_task(_work(settings, secrets, supervisor, view, sink), name="work")
    stop = asyncio.create_task(asked.once.wait(), name="asked to stop")
    code = 0
    try:
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        if work.done() and not asked.once.is_set():
            work.result()
    except* (NotHealthy, CannotStart) as errors:
        for error in errors.exceptions:
            view.say(f"cannot start: {error}")
        code = 1
    finally:
        work.cancel()
        stop.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await work
        view.say("stopping")
        began = time.monotonic()
        ending = asyncio.create_task(supervisor.stop())
        hurry = asyncio.create_task(asked.twice.wait())
        await asyncio.wait({ending, hurry}, return_when=asyncio.FIRST_COMPLETED)
        if not ending.done():
            view.say("asked again: killing what still runs")
            await supervisor.kill()
        hurry.cancel()
        await ending
        view.say(f"everything has ended after {time.monotonic() - began:.1f} s")
    return code


async def _work(
    settings: StackSettings,
    secrets: credentials.Credentials,
    supervisor: Supervisor,
    view: View,
    sink: Sink,
) -> None:
    began = time.monotonic()
    await supervisor.start()
    seconds = time.monotonic() - began
    demo = settings.demo and await demo_city.load_when_empty(settings, secrets, view.say, sink)
    text = summary.text(settings, secrets, supervisor.processes, seconds, demo=demo)
    credentials.write_private(settings.data / "summary.txt", text + "\n")
    view.say(text)
    await supervisor.watch()


class _Asked:
    """Asked to stop: once = in order, twice = at once."""

    def __init__(self) -> None:
        self.once, self.twice = asyncio.Event(), asyncio.Event()
        for number in STOPPING:
            asyncio.get_running_loop().add_signal_handler(number, self._signal)

    def _signal(self) -> None:
        (self.twice if self.once.is_set() else self.once).set()
