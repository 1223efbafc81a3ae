"""How much lies on each topic, as the broker says: counted there and nowhere else, an event has reached Kafka."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from time import perf_counter
from typing import Self

from aiokafka import TopicPartition

from contracts.topics import TOPICS, Topic
from kit.kafka import reader

FACTS = (
    "attendance.punches",
    "appraisal.workdays",
    "appraisal.validations",
    "feedback.services",
    "feedback.officers",
    "feedback.notes",
)
"""Topics of what happened to people and services; the others hold master data and the system's own doings."""


class Counting:
    """One connection to the broker for several counts."""

    def __init__(self, bootstrap: str, topics: Iterable[Topic] = TOPICS) -> None:
        self._reader = reader(bootstrap, "bench-offsets")
        self._partitions = [TopicPartition(one.name, number) for one in topics for number in range(one.partitions)]

    async def __aenter__(self) -> Self:
        await self._reader.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._reader.stop()

    async def held(self) -> Counter[str]:
        """Records by topic, from the first that is kept to the last."""
        first = await self._reader.beginning_offsets(self._partitions)
        last = await self._reader.end_offsets(self._partitions)
        found: Counter[str] = Counter()
        for at in self._partitions:
            found[at.topic] += last[at] - first[at]
        return found

    async def wait(self, topic: str, wanted: int, *, seconds: float) -> int:
        """What a topic holds, as soon as it is so much or after `seconds`."""
        deadline = perf_counter() + seconds
        while True:
            held = (await self.held())[topic]
            if held >= wanted or perf_counter() > deadline:
                return held
            await asyncio.sleep(0.5)
