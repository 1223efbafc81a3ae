"""The topic every contender drains: 5,000 employees, 31 days, two punches a day less some absence; 300,000 records."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from bench.population import CHANGED, SINCE
from contracts.envelope import headers, rfc3339
from contracts.events.attendance import Direction, PunchRecorded
from contracts.topics import ATTENDANCE_PUNCHES
from kit.kafka import partition_of, producer
from kit.mongo import Document

EMPLOYEES, DAYS = 5_000, 31
START = datetime(2026, 10, 1, tzinfo=UTC)
TOPIC = ATTENDANCE_PUNCHES.name
Record = tuple[bytes, bytes, list[tuple[str, bytes]], int]


def employee_id(number: int) -> str:
    """The id of one of the employees, the same on every run."""
    return str(uuid5(NAMESPACE_OID, f"bench employee {number}"))


def records(total: int) -> Iterator[Record]:
    """(key, value, headers, timestamp ms) in order of time; deterministic."""
    made = 0
    people = [employee_id(number) for number in range(EMPLOYEES)]
    for day in range(DAYS):
        for half in (0, 9):
            for number, person in enumerate(people):
                if (number * 31 + day * 17 + half) % 31 == 0:
                    continue  # about 3 % absent
                if made == total:
                    return
                made += 1
                at = START + timedelta(days=day, minutes=20 + half * 60 + number % 40, seconds=number % 60)
                punch_id = uuid5(NAMESPACE_OID, f"{number} {day} {half}").hex
                yield record(person, number, at, punch_id, "in" if half == 0 else "out")


def record(person: str, number: int, at: datetime, punch_id: str, direction: Direction = "in") -> Record:
    """One punch as the relay publishes it."""
    event = PunchRecorded(
        punch_id=punch_id,
        employee_id=person,
        occurred_at=at,
        local_date=at.date(),
        zone="Asia/Jakarta",
        site_id=f"site-{number % 40}",
        device_id=f"KNJ{number % 212:05d}",
        source="terminal",
        direction=direction,
        method="face",
    )
    time = rfc3339(at)
    head = headers(
        event_id=punch_id,
        event_type=event.TYPE,
        source="/kinerja/attendance",
        subject=person,
        time=time,
        recorded=time,
    )
    return person.encode(), event.to_json(), head, int(at.timestamp() * 1000)


def employee_rows() -> Iterable[Document]:
    """reporting.employees_v1: the people of the topic, as the presence view keeps them; each has a unit and a site."""
    for number in range(EMPLOYEES):
        held = {
            "kind": "primary",
            "unit_id": f"unit-{number % 60}",
            "post_id": f"post-{number % 300}",
            "post_title": "Analis",
            "site_id": f"site-{number % 40}",
            "superior_id": None,
            "valid_from": SINCE,
            "valid_to": None,
        }
        yield {
            "_id": employee_id(number),
            "name": f"Pegawai {number}",
            "sex": "female" if number % 2 else "male",
            "status": "pns",
            "numbers": [],
            "assignments": [held],
            "changed_at": CHANGED.replace(tzinfo=None),
        }


async def load(bootstrap: str, total: int) -> int:
    """Put the records on the topic; returns how many."""
    sender = producer(bootstrap, "bench-load")
    await sender.start()
    sent = 0
    waiting: list[asyncio.Future[object]] = []
    for key, value, head, stamp in records(total):
        partition = partition_of(key, ATTENDANCE_PUNCHES.partitions)
        waiting.append(await sender.send(TOPIC, value, key, partition, timestamp_ms=stamp, headers=head))
        sent += 1
        if len(waiting) == 20_000:
            await asyncio.gather(*waiting)
            waiting.clear()
    await asyncio.gather(*waiting)
    await sender.stop()
    return sent
