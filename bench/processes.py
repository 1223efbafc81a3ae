"""What processes weigh and use while something runs: sampled once a second by a thread."""

import threading
import time
from collections.abc import Mapping
from statistics import median
from types import TracebackType
from typing import Any, Self

import psutil

MEBIBYTE = 1024 * 1024


class Sampler:
    """Resident memory and processor time of named processes from entry to exit.

    `warm_up` seconds are left out of the growth: caches fill and heaps find their size in them.
    """

    def __init__(self, pids: Mapping[str, int], *, warm_up: float = 0.0, every: float = 1.0) -> None:
        self._processes = {name: psutil.Process(pid) for name, pid in pids.items()}
        self._warm_up = warm_up
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sampler", daemon=True)
        self._began = 0.0
        self._seconds = 0.0
        self._cpu: dict[str, tuple[float, float]] = {}
        self.memory: dict[str, list[tuple[float, float]]] = {name: [] for name in pids}

    def __enter__(self) -> Self:
        self._began = time.perf_counter()
        self._cpu = {name: (_cpu(process), 0.0) for name, process in self._processes.items()}
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()
        self._sample()
        self._seconds = time.perf_counter() - self._began

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            self._sample()

    def _sample(self) -> None:
        at = time.perf_counter() - self._began
        for name, process in self._processes.items():
            try:
                self.memory[name].append((at, process.memory_info().rss / MEBIBYTE))
                self._cpu[name] = (self._cpu[name][0], _cpu(process))
            except psutil.NoSuchProcess:
                continue

    def summary(self) -> dict[str, dict[str, Any]]:
        """Per process: share of one core in percent, memory in MiB after the warm-up, at the end and at most, and its
        growth between the first and the last fifth of what follows the warm-up."""
        return {name: self._one(name) for name in self._processes}

    def _one(self, name: str) -> dict[str, Any]:
        before, after = self._cpu[name]
        values = [weight for at, weight in self.memory[name] if at >= self._warm_up]
        values = values or [weight for _, weight in self.memory[name]]
        if not values:
            return {}
        fifth = max(1, len(values) // 5)
        first, last = median(values[:fifth]), median(values[-fifth:])
        return {
            "cpu_percent": round(100 * max(0.0, after - before) / self._seconds, 1) if self._seconds else 0.0,
            "rss_mb_after_warm_up": round(first, 1),
            "rss_mb_at_end": round(last, 1),
            "rss_mb_most": round(max(values), 1),
            "growth_percent": round(100 * (last - first) / first, 1),
            "rss_mb_by_minute": [round(weight, 1) for weight in _by_minute(self.memory[name])],
        }


def _cpu(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def _by_minute(samples: list[tuple[float, float]]) -> list[float]:
    minutes: dict[int, list[float]] = {}
    for at, weight in samples:
        minutes.setdefault(int(at // 60), []).append(weight)
    return [median(values) for _, values in sorted(minutes.items())]
