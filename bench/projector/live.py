"""How fresh a view is when it is live: punches at a steady rate, some of them watched until the view shows them."""

import asyncio
import random
import threading
import time
import uuid
from collections import deque
from datetime import UTC, datetime

from aiokafka import AIOKafkaProducer
from pymongo import MongoClient

from bench.measure import Times
from bench.projector.punches import EMPLOYEES, TOPIC, employee_id, record
from bench.waiting import until
from contracts.topics import ATTENDANCE_PUNCHES
from kit.kafka import partition_of
from kit.mongo import Document

FEW = 8


class Watch:
    """Reads the view until it shows each watched punch; one reader in a thread of its own, at most 1 ms late."""

    def __init__(self, uri: str, database: str, collection: str) -> None:
        self._client: MongoClient[Document] = MongoClient(uri)
        self._days = self._client[database][collection]
        self._waiting: dict[str, tuple[str, float]] = {}
        self._new: deque[tuple[str, str, float]] = deque()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self.times = Times()
        self._thread.start()

    def expect(self, punch_id: str, day: str, sent: float) -> None:
        """A punch was sent at `sent` (perf_counter)."""
        self._new.append((punch_id, day, sent))

    @property
    def missing(self) -> int:
        """Watched and not yet seen."""
        return len(self._waiting) + len(self._new)

    def close(self) -> None:
        """End."""
        self._stop.set()
        self._thread.join()
        self._client.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            while self._new:
                punch_id, day, sent = self._new.popleft()
                self._waiting[punch_id] = (day, sent)
            if self._waiting:
                self._look()
            # Many waiting means seconds of delay: then a coarse look is exact enough, and does not disturb.
            time.sleep(0.001 if len(self._waiting) <= FEW else 0.02)

    def _look(self) -> None:
        days = list({day for day, _ in self._waiting.values()})
        rows = list(self._days.find({"_id": {"$in": days}}, {"punches.id": 1}))
        now = time.perf_counter()
        for row in rows:
            for punch in row["punches"]:
                if (found := self._waiting.pop(punch["id"], None)) is not None:
                    self.times.add(now - found[1])


async def feed(
    kafka: str, watch: Watch, *, rate: int, warm_up: float, seconds: float, every: int = 10
) -> tuple[Times, int]:
    """Send `rate` punches a second, one by one, watch each `every`th: the delays after the warm-up, and how many
    were sent."""
    sender = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", linger_ms=0)
    await sender.start()
    chance = random.Random(7)
    began, sent = time.perf_counter(), 0
    skipped = 0
    while (elapsed := time.perf_counter() - began) < warm_up + seconds:
        if not skipped and elapsed >= warm_up:
            skipped = max(1, len(watch.times))
        while sent < elapsed * rate:
            number = chance.randrange(EMPLOYEES)
            person, at, punch_id = employee_id(number), datetime.now(UTC), uuid.uuid4().hex
            key, value, head, stamp = record(person, number, at, punch_id)
            if sent % every == 0:
                watch.expect(punch_id, f"{person}|{at.date()}", time.perf_counter())
            partition = partition_of(key, ATTENDANCE_PUNCHES.partitions)
            await sender.send(TOPIC, value, key, partition, timestamp_ms=stamp, headers=head)
            sent += 1
        await asyncio.sleep(0.001)
    await sender.stop()
    await until(lambda: not watch.missing, seconds=30, what="the last watched punches in the view")
    return watch.times.since(skipped), sent
