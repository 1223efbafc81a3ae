"""Requests at a fixed rate, whether answers come or not: each is timed from the instant at which it was to be sent, so
that a service that stands still is not spared the requests it held up."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bench.measure import Times

Ask = Callable[[int], Awaitable[bool]]
"""Sends the request of a number; whether it was answered well."""


@dataclass
class Outcome:
    """`refused` were answered otherwise than they should."""

    times: Times = field(default_factory=Times)
    refused: int = 0

    def summary(self) -> dict[str, float]:
        """Percentiles in milliseconds, and how many were refused."""
        return {**self.times.summary(), "refused": self.refused}


async def steadily(rate: float, seconds: float, ask: Ask, *, warm_up: float = 0.0) -> Outcome:
    """`rate` requests a second for so long; those of the first `warm_up` seconds are sent and not counted."""
    loop, outcome = asyncio.get_running_loop(), Outcome()
    began, tasks = loop.time(), set[asyncio.Task[None]]()

    async def one(number: int, due: float) -> None:
        good = await ask(number)
        if number / rate < warm_up:
            return
        outcome.times.add(loop.time() - due)
        outcome.refused += not good

    for number in range(int(rate * (warm_up + seconds))):
        due = began + number / rate
        if (ahead := due - loop.time()) > 0:
            await asyncio.sleep(ahead)
        task = asyncio.create_task(one(number, due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    return outcome
