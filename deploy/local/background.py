"""`make up` and `make down`: the same supervisor without a terminal."""

import os
import signal
import subprocess
import sys
import time

from deploy.local.errors import CannotStart
from deploy.local.logs import KEEP_BYTES
from deploy.local.processes import POLL_SECONDS
from deploy.local.program import ROOT
from deploy.local.records import Lock, Records
from deploy.local.settings import StackSettings

STOP_SECONDS = 120.0


def up(settings: StackSettings) -> int:
    """Start the supervisor in the background and show its words until the stack is up; the exit code."""
    settings.data.mkdir(parents=True, exist_ok=True)
    running = Lock(settings.data / "supervisor.lock").holder()
    summary = settings.data / "summary.txt"
    if running and summary.exists():
        print(summary.read_text(), end="")
        return 0
    if running:
        raise CannotStart(f"the stack is being started by process {running}: wait for it, or `make down` first")
    summary.unlink(missing_ok=True)  # a supervisor that was killed has left it
    log = settings.data / "logs" / "supervisor.log"
    log.parent.mkdir(exist_ok=True)
    if log.exists() and log.stat().st_size > KEEP_BYTES:
        log.rename(log.with_name("supervisor.log.1"))
    with log.open("a") as out, log.open() as back:
        back.seek(0, os.SEEK_END)
        child = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", "run"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        while not summary.exists() and child.poll() is None:
            time.sleep(POLL_SECONDS)
            print(back.read(), end="", flush=True)
        print(back.read(), end="", flush=True)
    return child.returncode or 0


def down(settings: StackSettings) -> int:
    """Stop it and wait until nothing runs any more; 0 also when nothing ran."""
    lock = Lock(settings.data / "supervisor.lock")
    holder = lock.holder()
    if holder is None:
        strays = Records(settings.data / "run").end_strays() if (settings.data / "run").exists() else {}
        print(f"ended what an earlier run left behind: {', '.join(strays)}" if strays else "the stack is not running")
        return 0
    print(f"stopping (process {holder}) …", flush=True)
    os.kill(holder, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while lock.holder() is not None:
        if time.monotonic() > deadline:
            raise CannotStart(f"process {holder} does not end: see {settings.data / 'logs' / 'supervisor.log'}")
        time.sleep(POLL_SECONDS)
    print("everything has ended")
    return 0


def status(settings: StackSettings) -> int:
    """Addresses and memory as of the start, and which processes live now; 0 when it runs, 3 when not."""
    if Lock(settings.data / "supervisor.lock").holder() is None:
        print("the stack is not running")
        return 3
    summary = settings.data / "summary.txt"
    print(summary.read_text() if summary.exists() else "the stack is being started\n", end="")
    for name, pid in Records(settings.data / "run").living().items():
        print(f"  {name} runs as process {pid}")
    return 0
