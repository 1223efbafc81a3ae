"""A small compacted topic held in memory: read whole at start, then followed.

For reference data that every reader needs and nobody joins by partition: units, sites, terminals, watermarks.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from contracts.base import EventData
from contracts.envelope import event_type
from contracts.topics import Topic
from kit import metrics
from kit.kafka import reader, retry_until_started

log = structlog.get_logger()

Model = TypeVar("Model", bound=EventData)


class Table(Generic[Model]):
    """The latest state per key of one topic. `get` and `values` answer from memory; `ready` when read to its end."""

    def __init__(self, bootstrap: str, topic: Topic, model: type[Model]) -> None:
        self.topic = topic
        self.ready = asyncio.Event()
        self.position: dict[tuple[str, int], int] = {}
        """Next offset that is not yet in the table, by topic and partition."""
        self._model = model
        self._consumer = reader(bootstrap, f"table-{topic.name}")
        self._rows: dict[str, Model] = {}
        self._listeners: list[Callable[[str, Model | None], None]] = []
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def get(self, key: str) -> Model | None:
        """The state of one entity, or None."""
        return self._rows.get(key)

    def values(self) -> Iterable[Model]:
        """All states, in no particular order."""
        return self._rows.values()

    def __len__(self) -> int:
        return len(self._rows)

    def on_change(self, listener: Callable[[str, Model | None], None]) -> None:
        """Call `listener(key, state)` after each change (None = deleted), also while the table is first read."""
        self._listeners.append(listener)

    async def start(self) -> None:
        """Read the topic to its present end, then go on in the background. Waits for a broker that is away."""
        await retry_until_started(self._consumer)
        partitions = [TopicPartition(self.topic.name, number) for number in range(self.topic.partitions)]
        self._consumer.assign(partitions)
        await self._consumer.seek_to_beginning(*partitions)
        ends = await self._consumer.end_offsets(partitions)
        self._task = asyncio.create_task(self._follow(ends), name=f"table {self.topic.name}")
        done = asyncio.create_task(self.ready.wait())
        await asyncio.wait({self._task, done}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            done.cancel()
            await self._task

    async def run(self) -> None:
        """`start`, then wait until the follower ends, which is only by error: for a list of background tasks."""
        if self._task is None:
            await self.start()
        if self._task is not None:
            await asyncio.wait({self._task})
            if self._task.cancelled() and not self._stopping:  # a task group would take it for an end in order
                raise RuntimeError(f"the follower of {self.topic.name} was cancelled from within")
            await self._task

    async def stop(self) -> None:
        """End the follower and leave the broker."""
        self._stopping = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        closing = asyncio.create_task(self._consumer.stop())
        # By itself: what becomes of it, be it cancelled by a connection that is lost, ends nobody else.
        await asyncio.wait({closing}, timeout=5)
        if not closing.done() or closing.cancelled() or closing.exception() is not None:
            log.warning("a table's consumer did not close in order", topic=self.topic.name)

    async def _follow(self, ends: dict[TopicPartition, int]) -> None:
        while True:
            try:
                fetched = await self._consumer.getmany(timeout_ms=250)
                for records in fetched.values():
                    for record in records:
                        self._apply(record.key, record.value, event_type(record.headers))
                for tp in ends:
                    self.position[tp.topic, tp.partition] = await self._consumer.position(tp)
            except (KafkaError, OSError) as error:
                log.warning("a table cannot be followed, trying again", topic=self.topic.name, error=repr(error))
                await asyncio.sleep(0.5)
                continue
            if not self.ready.is_set() and all(
                self.position[tp.topic, tp.partition] >= end for tp, end in ends.items()
            ):
                self.ready.set()

    def _apply(self, raw_key: bytes | None, value: bytes | None, kind: str) -> None:
        if raw_key is None:
            metrics.TABLE_REJECTED.labels(topic=self.topic.name).inc()
            log.error("a record without a key was refused", topic=self.topic.name)
            return
        key = raw_key.decode("utf-8", "replace")
        state: Model | None = None
        if value is not None:
            if kind != self._model.TYPE:
                return
            try:
                state = self._model.model_validate_json(value)
            except ValidationError as error:
                metrics.TABLE_REJECTED.labels(topic=self.topic.name).inc()
                log.error("a state was refused, the last one stands", topic=self.topic.name, key=key, error=str(error))
                return
        if state is None:
            self._rows.pop(key, None)
        else:
            self._rows[key] = state
        metrics.TABLE_RECORDS.labels(topic=self.topic.name).set(len(self._rows))
        for listener in self._listeners:
            listener(key, state)
