"""The API's producer: it connects when somebody replays, so that the API serves while the broker is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from kit.kafka import producer
from kit.problems import Problem

log = structlog.get_logger()

START_SECONDS = 5.0


class Sender:
    """One producer for the process, made anew after every failure. `stop` at the end."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._running: AIOKafkaProducer | None = None
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[AIOKafkaProducer]:
        """For one command at a time. Raises Problem 503 when the broker does not answer, also to what is sent."""
        async with self._lock:
            try:
                yield await self._started()
            except (KafkaError, TimeoutError) as error:
                log.warning("the broker does not answer, nothing was replayed", error=repr(error))
                await self._end()
                raise Problem(
                    503,
                    "broker-away",
                    "Penyalur data tidak menjawab",
                    "Catatan belum dikembalikan. Coba lagi setelah penyalur data (Kafka) berjalan.",
                    headers={"Retry-After": "5"},
                ) from error

    async def stop(self) -> None:
        """At the end of the process."""
        async with self._lock:
            await self._end()

    async def _started(self) -> AIOKafkaProducer:
        if self._running is None:
            self._running = producer(self._bootstrap, "dead-letters")
            await asyncio.wait_for(self._running.start(), START_SECONDS)
        return self._running

    async def _end(self) -> None:
        ended, self._running = self._running, None
        if ended is not None:
            try:
                await asyncio.wait_for(ended.stop(), START_SECONDS)
            except (KafkaError, TimeoutError) as error:
                log.info("a producer did not end in order", error=repr(error))
