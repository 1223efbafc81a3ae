"""The product's own projector processes, `python -m services.reporting worker`, as contenders."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from bench import scrape
from bench.projector.view import Generation
from bench.waiting import until_blocking
from deploy.local.program import ROOT
from deploy.local.spawn import signal_group

FIRST_PORT = 19_561
TOKEN = "benchmark-token-0000"  # opens nothing: the workers serve probes only


class Workers:
    """`count` projector processes on one generation, members `first_instance` and on of their groups.

    They join their group beforehand with nothing to do and come back as the static members they are, so that the clock
    does not count the group's agreement on who owns what: two processes start with half the partitions each.
    """

    def __init__(
        self,
        generation: Generation,
        uri: str,
        bootstrap: str,
        count: int,
        logs: Path,
        batch: int = 5_000,
        first_instance: int = 0,
    ) -> None:
        self.generation = generation
        self._environment = {
            **os.environ,
            "KINERJA_KAFKA": bootstrap,
            "KINERJA_MONGO": uri,
            "KINERJA_TOKEN": TOKEN,
            "KINERJA_LOG_LEVEL": "warning",
            "KINERJA_GENERATION": str(generation.number),
            "KINERJA_BATCH_RECORDS": str(batch),
        }
        self._database = generation.db.name
        self._logs = logs
        self._count = count
        self._first_instance = first_instance
        self._processes: list[subprocess.Popen[bytes]] = []

    def rehearse(self, ends: Sequence[int]) -> None:
        """Let them find each other on a view that has nothing left to fold, then kill them: their places stay."""
        idle = Generation(self.generation.db.client[f"{self._database}_idle"], self.generation.number)
        idle.prepare()
        topic = "attendance.punches"
        idle.db["checkpoints"].insert_many(
            {
                "_id": f"presence{idle.suffix}:p{number:02d}",
                "view": f"presence{idle.suffix}",
                "partition": number,
                "version": 1,
                "next": [{"topic": topic, "offset": end}],
                "owner": None,
            }
            for number, end in enumerate(ends)
        )
        self._start(idle.db.name)
        shares = sorted(len(range(part, len(ends), self._count)) for part in range(self._count))
        until_blocking(lambda: idle.owners() == shares, seconds=40, what=f"{self._count} members", pause=0.1)
        self.stop(signal.SIGKILL)
        idle.db.client.drop_database(idle.db.name)

    def __enter__(self) -> Self:
        self._start(self._database)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop(signal.SIGTERM)

    def alive(self) -> bool:
        """All of them run."""
        return all(process.poll() is None for process in self._processes)

    def pids(self) -> list[int]:
        """Their process ids."""
        return [process.pid for process in self._processes]

    def figures(self) -> list[dict[str, Any]]:
        """Of each process: peak memory in MiB, processor seconds, and how the projector spent its time."""
        found = []
        for index, process in enumerate(self._processes):
            used = psutil.Process(process.pid).cpu_times()
            found.append(
                {
                    "rss_mb_peak": peak_mb(process.pid),
                    "cpu_seconds": round(used.user + used.system, 2),
                    "phases": {name: round(spent, 2) for name, spent in scrape.phases(FIRST_PORT + index).items()},
                }
            )
        return found

    def stop(self, number: signal.Signals) -> None:
        """End them."""
        for process in self._processes:
            if process.poll() is None:
                signal_group(process.pid, number)
        for process in self._processes:
            process.wait(30)
        self._processes.clear()

    def _start(self, database: str) -> None:
        self._logs.mkdir(parents=True, exist_ok=True)
        for index in range(self._count):
            told = {
                "KINERJA_MONGO_DATABASE": database,
                "KINERJA_PORT": str(FIRST_PORT + index),
                "KINERJA_INSTANCE": str(self._first_instance + index),
            }
            with (self._logs / f"worker-{index}.log").open("ab") as log:
                self._processes.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "services.reporting", "worker"],
                        cwd=ROOT,
                        env={**self._environment, **told},
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                        start_new_session=True,
                    )
                )


def peak_mb(pid: int) -> float:
    """The most resident memory a process ever had, in MiB (proc_pid_status, VmHWM in KiB)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0
