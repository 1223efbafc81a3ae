"""Is the process alive, and is it ready: two questions with two answers.

`/healthz` is about the event loop alone: a background task ticks, and when it has not for 5 s the process should be
killed. `/readyz` is about what the process needs (database, broker, caught up) and never about killing. One failed
look does not flap: once ready, it takes three failures over ten seconds to be unready (engineering.md section 1.7).
"""

import asyncio
import sys
import threading
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import structlog

from kit import metrics

log = structlog.get_logger()

TICK_SECONDS = 0.5
STUCK_SECONDS = 5.0
CHECK_SECONDS = 3.0
FAILURES_TO_UNREADY = 3
SECONDS_TO_UNREADY = 10.0


@dataclass(frozen=True, slots=True)
class Check:
    """One dependency: `detail` says in words what is wrong or where it stands, `numbers` are offsets, lags, counts."""

    ok: bool
    detail: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a service answers when asked whether it can work."""

    checks: Mapping[str, Check]

    @property
    def ready(self) -> bool:
        """True when every check is."""
        return all(check.ok for check in self.checks.values())


Probe = Callable[[], Awaitable[Readiness]]


class Gate:
    """Turns looks into a steady answer. `clock` is monotonic seconds.

    Until the first success it is closed; `stop` closes it for good, so that no new work is sent while draining.
    """

    def __init__(self, probe: Probe, clock: Callable[[], float] = monotonic) -> None:
        self._probe = probe
        self._clock = clock
        self._open = False
        self._failures = 0
        self._failing_since = 0.0
        self._stopping = False

    def stop(self) -> None:
        """From now on not ready: the process is about to leave."""
        self._stopping = True

    async def answer(self) -> tuple[bool, dict[str, Any]]:
        """(ready, JSON body). A probe that raises or takes longer than 3 s is a failed look, and logged."""
        if self._stopping:
            return False, _body(False, Readiness({"process": Check(False, "stopping")}))
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                found = await self._probe()
        except Exception as error:
            log.warning("the readiness check failed", error=repr(error))
            found = Readiness({"readiness": Check(False, f"check failed: {type(error).__name__}")})
        ready = self._steady(found.ready)
        return ready, _body(ready, found)

    def _steady(self, ok: bool) -> bool:
        now = self._clock()
        if ok:
            self._open, self._failures = True, 0
            return True
        self._failures += 1
        if self._failures == 1:
            self._failing_since = now
        if self._failures >= FAILURES_TO_UNREADY and now - self._failing_since >= SECONDS_TO_UNREADY:
            self._open = False
        return self._open


def _body(ready: bool, found: Readiness) -> dict[str, Any]:
    checks = {name: {"ok": check.ok, "detail": check.detail, **check.numbers} for name, check in found.checks.items()}
    return {"ready": ready, "checks": checks}


class Heartbeat:
    """Knows when the event loop last turned. A thread watches it and, once per stall, logs where every thread is."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._reported = False
        self._stop = threading.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def age(self) -> float:
        """Seconds since the loop last turned."""
        return self._clock() - self._last

    @property
    def alive(self) -> bool:
        """False when the loop has been stuck for longer than 5 s."""
        return self.age <= STUCK_SECONDS

    def tick(self) -> None:
        """The loop turned."""
        metrics.LOOP_LAG_SECONDS.set(max(0.0, self.age - TICK_SECONDS))
        self._last = self._clock()
        self._reported = False

    def look(self) -> bool:
        """True when this look found a stall that was not yet reported; logs all stacks then."""
        if self.alive or self._reported:
            return False
        self._reported = True
        log.error("the event loop is stuck", seconds=round(self.age, 1), stacks=stacks())
        return True

    async def start(self) -> None:
        """Begin to tick on the running loop, and to watch from a thread."""
        self._last = self._clock()
        self._task = asyncio.create_task(self._beat(), name="heartbeat")
        threading.Thread(target=self._watch, name="heartbeat-watch", daemon=True).start()

    async def stop(self) -> None:
        """Stop ticking and watching."""
        self._stop.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _beat(self) -> None:
        while True:
            self.tick()
            await asyncio.sleep(TICK_SECONDS)

    def _watch(self) -> None:
        while not self._stop.wait(TICK_SECONDS):
            self.look()


def stacks() -> list[str]:
    """Where every thread is now, one text each."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    frames = sys._current_frames()  # noqa: SLF001 - the documented way to see other threads' frames
    return [f"{names.get(ident, ident)}:\n{''.join(traceback.format_stack(frame))}" for ident, frame in frames.items()]
