"""From the punch to what a reader of the API sees: single people are looked at until their punch is there."""

import asyncio
import time

from bench.measure import Times
from bench.morning.city import Api
from bench.morning.plan import Step

EVERY_SECONDS = 0.4
PAUSE = 0.01
PATIENCE = 20.0


class Probe:
    """Looks at one newly arrived person at a time."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._next = 0.0
        self._task: asyncio.Task[None] | None = None
        self.times = Times()
        self.missed: list[str] = []

    def recorded(self, step: Step) -> None:
        """A punch is on its way."""
        now = time.perf_counter()
        if step.first and now >= self._next and (self._task is None or self._task.done()):
            self._next = now + EVERY_SECONDS
            self._task = asyncio.create_task(self._look(step, now))

    async def settled(self) -> None:
        """The last one has been seen, or was given up. Raises what looking raised."""
        if self._task is not None:
            await self._task

    async def _look(self, step: Step, sent: float) -> None:
        while time.perf_counter() - sent < PATIENCE:
            day = await self._api.get(f"/api/reporting/v1/employees/{step.first}/days/{step.day}")
            if any(punch["punch_id"] == step.identity for punch in day["punches"]):
                self.times.add(time.perf_counter() - sent)
                return
            await asyncio.sleep(PAUSE)
        self.missed.append(step.identity)
