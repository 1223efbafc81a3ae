"""Bounds how long requests may wait for storage, with one timer for all of them.

A timer for each request would cost as much as reading its punch (measured: 8 % of the request).
"""

import asyncio
from time import monotonic

CHECK_SECONDS = 0.25


class Patience:
    """`seconds` until a waiting request is given up."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: dict[asyncio.Task[object], float] = {}
        self._given_up: set[asyncio.Task[object]] = set()
        self._ticking = False

    def begin(self) -> "asyncio.Task[object] | None":
        """The current request starts to wait; hand the result to `end`."""
        task = asyncio.current_task()
        if task is not None:
            self._waiting[task] = monotonic()
            if not self._ticking:
                self._tick()
        return task

    def end(self, task: "asyncio.Task[object] | None") -> None:
        """It waits no more."""
        if task is not None:
            self._waiting.pop(task, None)
            self._given_up.discard(task)

    def given_up(self, task: "asyncio.Task[object] | None") -> bool:
        """Whether a cancellation of this request was ours: it is then taken back, and the request must be refused."""
        if task is None or task not in self._given_up:
            return False
        task.uncancel()
        return True

    def _tick(self) -> None:
        """Cancel what has waited too long; begun in order, so the first that has not ends the look."""
        limit = monotonic() - self._seconds
        for task, since in list(self._waiting.items()):
            if since > limit:
                break
            if task not in self._given_up:
                self._given_up.add(task)
                task.cancel()
        self._ticking = bool(self._waiting)
        if self._ticking:
            asyncio.get_running_loop().call_later(CHECK_SECONDS, self._tick)
