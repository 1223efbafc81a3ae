"""Journal, relay and projectors on the real broker and database, on topics of one test's own."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from contracts.topics import Topic
from kit.kafka import partition_of, reader
from kit.mongo import Client, Database, Document
from kit.projector import Projector
from kit.projector.projection import Projection
from kit.projector.reading import wait_for
from tests.integration.kit.tally import PEOPLE, PUNCH, TOTALS, Tally

Positions = dict[tuple[str, int], int]


@asynccontextmanager
async def running(*work: Coroutine[Any, Any, None]) -> AsyncIterator[list["asyncio.Task[None]"]]:
    """Background work for the time of a block. What ends by an error ends the block with that error."""
    tasks = [asyncio.create_task(each) for each in work]
    block = asyncio.current_task()
    assert block is not None

    def died(task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and task.exception() is not None:
            block.cancel()

    for task in tasks:
        task.add_done_callback(died)
    try:
        yield tasks
    except asyncio.CancelledError:
        for task in tasks:
            if task.done() and not task.cancelled():
                block.uncancel()
                task.result()
        raise
    finally:
        for task in tasks:
            task.remove_done_callback(died)
            task.cancel()
        await asyncio.wait(tasks, timeout=30)


async def eventually(
    condition: Callable[[], Awaitable[Any] | Any], what: str, *, seconds: float = 20.0, pause: float = 0.02
) -> Any:
    """Poll until `condition` gives something true, and return that. Raises AssertionError saying `what` never came."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        value = condition()
        if isinstance(value, Awaitable):
            value = await value
        if value:
            return value
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        await asyncio.sleep(pause)


@dataclass
class Heart:
    """A broker, a database, and the punches' topic of this test."""

    bootstrap: str
    client: Client
    db: Database
    punches: Topic
    producer: AIOKafkaProducer

    def projector(self, projection: Projection | None = None, **options: Any) -> Projector:
        """A projector in a group of this test's own."""
        view = projection or Tally()
        options.setdefault("group", f"{self.punches.name}.{view.name}")
        return Projector(view, self.client, self.db, self.bootstrap, **options)

    async def say(self, *punches: tuple[str, str], headers: Iterable[tuple[str, bytes]] = ()) -> Positions:
        """Put (employee, punch) pairs on the topic past journal and relay, each once; returns where they end."""
        rows = [(key, json.dumps({"punch_id": punch, "employee_id": key}).encode()) for key, punch in punches]
        return await self.put(*((key, value, [("ce_type", PUNCH.encode()), *headers]) for key, value in rows))

    async def put(self, *records: tuple[str, bytes | None, list[tuple[str, bytes]]]) -> Positions:
        """Put raw (key, value, headers) records on the topic; returns where they end."""
        sends = []
        for key, value, headers in records:
            partition = partition_of(key.encode(), self.punches.partitions)
            sends.append(await self.producer.send(self.punches.name, value, key.encode(), partition, headers=headers))
        ends: Positions = {}
        for send in sends:
            ack = await send
            ends[ack.topic, ack.partition] = ack.offset + 1
        return ends

    async def told(self) -> Positions:
        """The offsets the broker was told for the group of `Tally`."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap)
        await admin.start()
        try:
            rows = await admin.list_consumer_group_offsets(f"{self.punches.name}.tally")
        finally:
            await admin.close()
        return {(tp.topic, tp.partition): at.offset for tp, at in rows.items() if at.offset >= 0}

    async def ends(self) -> Positions:
        """Where the punches' topic ends now."""
        consumer = reader(self.bootstrap, "ends")
        await consumer.start()
        try:
            partitions = [TopicPartition(self.punches.name, number) for number in range(self.punches.partitions)]
            return {(tp.topic, tp.partition): end for tp, end in (await consumer.end_offsets(partitions)).items()}
        finally:
            await consumer.stop()

    async def records(self) -> list[Any]:
        """Everything on the punches' topic, partition by partition in order."""
        consumer = reader(self.bootstrap, "records")
        await consumer.start()
        try:
            ends = await self.ends()
            consumer.assign([TopicPartition(*at) for at in ends])
            await consumer.seek_to_beginning()
            found: list[Any] = []
            while any([await consumer.position(TopicPartition(*at)) < end for at, end in ends.items()]):
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    found.extend(records)
            return sorted(found, key=lambda record: (record.partition, record.offset))
        finally:
            await consumer.stop()

    async def folded(self, positions: Positions, *, view: str = "tally_v1", timeout: float = 20.0) -> None:
        """Wait until a view has reached `positions`."""
        await wait_for(self.db, view, positions, timeout=timeout)

    async def people(self, generation: int = 1) -> dict[str, list[str]]:
        """What the view says: each person's punches in the order they were folded."""
        return {row["_id"]: row["punches"] async for row in self.db[f"{PEOPLE}_v{generation}"].find()}

    async def total(self, generation: int = 1) -> int:
        """What the shards add up to."""
        return sum([row["punches"] async for row in self.db[f"{TOTALS}_v{generation}"].find()])

    async def checkpoint(self, partition: int, view: str = "tally_v1") -> Document:
        """The stored position of one partition."""
        row: Document | None = await self.db["checkpoints"].find_one({"_id": f"{view}:p{partition:02d}"})
        assert row is not None, f"{view} has no position of partition {partition}"
        return row


def expected(punches: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What `people` must say after these pairs in this order."""
    out: dict[str, list[str]] = {}
    for key, punch in punches:
        out.setdefault(key, []).append(punch)
    return out


def numbered(people: int, each: int, start: int = 0) -> list[tuple[str, str]]:
    """`each` punches of `people` employees, in turn."""
    return [(f"person-{who}", f"{who}:{n}") for n in range(start, start + each) for who in range(people)]
