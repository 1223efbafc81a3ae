"""A reader of topics outside any group, that remembers in MongoDB how far it is: for what one process of a service does
with events when doing it twice changes nothing.

The positions are saved after the work, so a crash repeats a batch.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, OffsetOutOfRangeError
from pymongo import ReplaceOne
from pymongo.errors import PyMongoError

from contracts.topics import Topic
from kit.kafka import reader, retry_until_started
from kit.mongo import Database

log = structlog.get_logger()

BATCH = 2_000


class TopicFollower(ABC):
    """`run` until cancelled; `caught_up` is set when the topics' ends at start were reached. `positions` is the
    collection that says how far it is: another name begins anew. `name` is for the broker's and our own log."""

    def __init__(self, db: Database, bootstrap: str, name: str, topics: Sequence[Topic], positions: str) -> None:
        self._db = db
        self._topics = tuple(topics)
        self._positions = positions
        self._bootstrap, self._client = bootstrap, name
        self._consumer: AIOKafkaConsumer
        self._ends: dict[TopicPartition, int] = {}
        self.caught_up = asyncio.Event()

    @abstractmethod
    async def take(self, records: Sequence[Any]) -> None:
        """Do what these records, each partition's in order, ask for; durable when it returns. Raises PyMongoError to be
        asked again."""

    async def run(self) -> None:
        """Follow for as long as the process lives; waits for a broker or database that is away."""
        self._consumer = reader(self._bootstrap, self._client)
        await retry_until_started(self._consumer)
        try:
            await self._assign()
            while True:
                try:
                    await self._step()
                except (KafkaError, PyMongoError) as error:
                    log.warning("topics cannot be followed, trying again", follower=self._client, error=str(error))
                    await asyncio.sleep(0.5)
                    await self._seek()
        finally:
            await asyncio.wait_for(self._consumer.stop(), 5)

    async def _assign(self) -> None:
        partitions = [
            TopicPartition(topic.name, number) for topic in self._topics for number in range(topic.partitions)
        ]
        self._consumer.assign(partitions)
        while True:
            try:
                self._ends = await self._consumer.end_offsets(partitions)
                break
            except KafkaError as error:  # a partition has no leader yet, or the broker is away
                log.warning("where topics end is not known, asking again", follower=self._client, error=str(error))
                await asyncio.sleep(0.5)
        await self._seek()

    async def _seek(self) -> None:
        while True:
            try:
                saved = {row["_id"]: row["next"] async for row in self._db[self._positions].find()}
                break
            except PyMongoError as error:
                log.warning("positions cannot be read, trying again", follower=self._client, error=str(error))
                await asyncio.sleep(0.5)
        for partition in self._consumer.assignment():
            # A position beyond the end means the topic was made anew: from the beginning then.
            position = saved.get(_name(partition), 0)
            self._consumer.seek(partition, position if position <= self._ends.get(partition, position) else 0)

    async def _step(self) -> None:
        try:
            fetched = await self._consumer.getmany(timeout_ms=500, max_records=BATCH)
        except OffsetOutOfRangeError as error:  # compacted away or recreated
            self._consumer.seek_to_beginning(*error.args[0])
            return
        if fetched:
            await self.take([record for records in fetched.values() for record in records])
            await self._save({partition: records[-1].offset + 1 for partition, records in fetched.items()})
        if not self.caught_up.is_set() and all(
            [await self._consumer.position(partition) >= end for partition, end in self._ends.items()]
        ):
            self.caught_up.set()

    async def _save(self, positions: dict[TopicPartition, int]) -> None:
        await self._db[self._positions].bulk_write(
            [
                ReplaceOne({"_id": _name(partition)}, {"_id": _name(partition), "next": position}, upsert=True)
                for partition, position in positions.items()
            ],
            ordered=False,
        )


def _name(partition: TopicPartition) -> str:
    return f"{partition.topic}:{partition.partition}"
