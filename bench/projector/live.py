"""How fresh a view is when it is live: punches at a steady rate, some of them watched until the view shows them."""

import asyncio
import random
import time
import uuid
from datetime import UTC, datetime

from aiokafka import AIOKafkaProducer

from bench.measure import Times
from bench.projector.punches import EMPLOYEES, TOPIC, employee_id, record
from bench.waiting import until
from bench.watch import Watch
from contracts.topics import ATTENDANCE_PUNCHES
from kit.kafka import partition_of


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
