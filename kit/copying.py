"""A service's own small copy of what it must know of the directory: its compacted topics followed into MongoDB.

Full states replaced by key: applying one twice, or an old one after a newer, changes nothing. The positions are saved
after the writes, so a crash repeats a batch. One member outside any group: one process of a service copies.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, OffsetOutOfRangeError
from pydantic import ValidationError
from pymongo import ReplaceOne
from pymongo.errors import BulkWriteError, PyMongoError

from contracts.base import EventData
from contracts.envelope import event_type
from contracts.topics import BY_TYPE, Topic
from kit import metrics
from kit.health import Check, Readiness
from kit.kafka import reader, retry_until_started
from kit.mongo import Client, Database, ping

log = structlog.get_logger()

BATCH = 2_000
DUPLICATE_KEY = 11000


@dataclass(frozen=True, slots=True)
class Copied:
    """One kind of state: `row` makes the document of `collection`, with `_id` and `changed_at`."""

    model: type[EventData]
    collection: str
    row: Callable[[Any], dict[str, Any]]


class DirectoryCopy:
    """`run` until cancelled; `caught_up` is set when the topics' ends at start were reached.

    `edition` goes up when the rows take more of a state than before: then everything is read anew. `topics` replaces
    those of the registry in tests.
    """

    def __init__(
        self,
        db: Database,
        bootstrap: str,
        service: str,
        copied: tuple[Copied, ...],
        *,
        edition: int = 1,
        topics: tuple[Topic, ...] | None = None,
    ) -> None:
        self._db = db
        self._copied: Mapping[str, Copied] = {one.model.TYPE: one for one in copied}
        self._topics = topics or tuple(BY_TYPE[kind] for kind in self._copied)
        self._positions = f"directory_positions_{edition}"
        self._bootstrap, self._client = bootstrap, f"{service}-directory"
        self._consumer: AIOKafkaConsumer
        self._ends: dict[TopicPartition, int] = {}
        self.caught_up = asyncio.Event()

    async def readiness(self, client: Client) -> Readiness:
        """Of a process that copies: when the database answers and the directory has been read once."""
        await ping(client)
        caught_up = self.caught_up.is_set()
        reading = "" if caught_up else "still reading the directory's topics"
        return Readiness({"mongo": Check(True), "directory": Check(caught_up, reading)})

    async def run(self) -> None:
        """Copy for as long as the process lives; waits for a broker or database that is away."""
        self._consumer = reader(self._bootstrap, self._client)
        await retry_until_started(self._consumer)
        try:
            await self._assign()
            while True:
                try:
                    await self._step()
                except (KafkaError, PyMongoError) as error:
                    log.warning("the directory cannot be followed, trying again", error=str(error))
                    await asyncio.sleep(0.5)
                    await self._seek()
        finally:
            await asyncio.wait_for(self._consumer.stop(), 5)

    async def _assign(self) -> None:
        partitions = [
            TopicPartition(topic.name, number) for topic in self._topics for number in range(topic.partitions)
        ]
        self._consumer.assign(partitions)
        self._ends = await self._consumer.end_offsets(partitions)
        await self._seek()

    async def _seek(self) -> None:
        while True:
            try:
                saved = {row["_id"]: row["next"] async for row in self._db[self._positions].find()}
                break
            except PyMongoError as error:
                log.warning("positions in the directory cannot be read, trying again", error=str(error))
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
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for records in fetched.values():
            for record in records:
                if (found := self._row(record)) is not None:
                    collection, row = found
                    rows[collection, row["_id"]] = row
        for collection in {collection for collection, _ in rows}:
            await self._write(collection, [row for (name, _), row in rows.items() if name == collection])
        if fetched:
            await self._save({partition: records[-1].offset + 1 for partition, records in fetched.items()})
        if not self.caught_up.is_set() and all(
            [await self._consumer.position(partition) >= end for partition, end in self._ends.items()]
        ):
            self.caught_up.set()

    async def _write(self, collection: str, rows: list[dict[str, Any]]) -> None:
        writes = [
            ReplaceOne({"_id": row["_id"], "changed_at": {"$not": {"$gt": row["changed_at"]}}}, row, upsert=True)
            for row in rows
        ]
        try:
            await self._db[collection].bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            # The stored state is newer, so the guard did not match and the upsert tried to insert: leave it.
            others = [one for one in error.details["writeErrors"] if one["code"] != DUPLICATE_KEY]
            if others:
                raise

    async def _save(self, positions: dict[TopicPartition, int]) -> None:
        await self._db[self._positions].bulk_write(
            [
                ReplaceOne({"_id": _name(partition)}, {"_id": _name(partition), "next": position}, upsert=True)
                for partition, position in positions.items()
            ],
            ordered=False,
        )

    def _row(self, record: Any) -> tuple[str, dict[str, Any]] | None:
        """The copy of one record; None for a tombstone, another type, or an unreadable state (logged, counted)."""
        known = self._copied.get(event_type(record.headers))
        if known is None or record.value is None:
            return None
        try:
            return known.collection, known.row(known.model.model_validate_json(record.value))
        except ValidationError as error:
            metrics.TABLE_REJECTED.labels(topic=record.topic).inc()
            log.error("a directory state was refused", topic=record.topic, offset=record.offset, error=str(error))
            return None


def _name(partition: TopicPartition) -> str:
    return f"{partition.topic}:{partition.partition}"
