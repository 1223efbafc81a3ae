"""Who runs for this data folder: a lock for the supervisor, and a record of each child that outlives it."""

import fcntl
import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from deploy.local.errors import CannotStart
from deploy.local.spawn import signal_group


def started_at(pid: int) -> str | None:
    """What tells this process from a later one with the same id: boot and start tick (proc_pid_stat, field 22)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    if fields[0] == "Z":  # it has ended, its parent only has not asked yet
        return None
    return f"{boot}:{fields[19]}"


class Records:
    """One small file per running child under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, pid: int) -> None:
        """Note a child that has just been started."""
        part = self.folder / f".{name}.part"
        part.write_text(json.dumps({"pid": pid, "started": started_at(pid)}))
        part.rename(self.folder / f"{name}.json")

    def remove(self, name: str) -> None:
        """It has ended and was waited for."""
        (self.folder / f"{name}.json").unlink(missing_ok=True)

    def living(self) -> dict[str, int]:
        """Recorded processes that still are the ones recorded: names and ids."""
        found: dict[str, int] = {}
        for path in sorted(self.folder.glob("*.json")):
            with suppress(ValueError, KeyError):  # a half-written record is of a child that never was
                record = json.loads(path.read_text())
                if record["started"] is not None and started_at(record["pid"]) == record["started"]:
                    found[path.stem] = int(record["pid"])
        return found

    def end_strays(self, seconds: float = 20.0) -> dict[str, int]:
        """End what an earlier supervisor left behind: SIGTERM, then SIGKILL after `seconds`. Returns what was ended."""
        strays = self.living()
        for pid in strays.values():
            signal_group(pid, signal.SIGTERM)
        deadline = time.monotonic() + seconds
        while self.living() and time.monotonic() < deadline:
            time.sleep(0.05)
        for pid in self.living().values():
            signal_group(pid, signal.SIGKILL)
        while self.living():
            time.sleep(0.05)
        for path in self.folder.glob("*.json"):
            path.unlink()
        return strays


class Lock:
    """One supervisor per data folder. The kernel gives the lock back however its holder ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self) -> Self:
        """Raises CannotStart when another supervisor holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise CannotStart(
                f"the stack already runs with this data (process {self.holder()}, {self.path.parent}): "
                "stop it with `make down` or Ctrl-C, or set KINERJA_DATA and KINERJA_PORT_OFFSET for a second one"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return self

    def holder(self) -> int | None:
        """The process id of the supervisor that runs now."""
        try:
            with self.path.open() as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return int(file.read() or 0) or None
        except FileNotFoundError:
            pass
        return None

    def release(self) -> None:
        """Let the next one in."""
        if self._file:
            self._file.close()
            self._file = None
