"""Where topics begin and end at the broker, asked when somebody looks."""

import asyncio
from collections.abc import Collection

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from contracts.topics import Topic
from kit.kafka import reader

log = structlog.get_logger()

SECONDS = 5.0

Range = tuple[int, int]


class Ends:
    """One consumer for the process, connected at the first question and made anew after a failure."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._running: AIOKafkaConsumer | None = None
        self._lock = asyncio.Lock()

    async def of(self, topics: Collection[Topic]) -> dict[tuple[str, int], Range] | None:
        """First and next offset of every partition; None when the broker does not say."""
        wanted = [TopicPartition(topic.name, number) for topic in topics for number in range(topic.partitions)]
        async with self._lock:
            try:
                async with asyncio.timeout(SECONDS):
                    if self._running is None:
                        self._running = reader(self._bootstrap, "reporting-freshness")
                        await self._running.start()
                    starts = await self._running.beginning_offsets(wanted)
                    ends = await self._running.end_offsets(wanted)
            except (KafkaError, TimeoutError) as error:
                log.warning("the broker does not say where its topics end", error=repr(error))
                await self._end()
                return None
        return {(tp.topic, tp.partition): (starts[tp], ends[tp]) for tp in wanted}

    async def stop(self) -> None:
        """At the end of the process."""
        async with self._lock:
            await self._end()

    async def _end(self) -> None:
        ended, self._running = self._running, None
        if ended is not None:
            try:
                await asyncio.wait_for(ended.stop(), SECONDS)
            except (KafkaError, TimeoutError) as error:
                log.info("a consumer did not end in order", error=repr(error))
