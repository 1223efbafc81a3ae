"""Records that our own services would never write, put on the topic of punches."""

import json
import uuid
from datetime import UTC, datetime

from contracts.events.attendance import PunchRecorded
from contracts.topics import BY_TYPE
from kit.kafka import partition_of, producer, retry_until_started


async def poison(kafka: str, *employees: str, note: str = "") -> None:
    """One punch for each of them, in a time zone that there is not."""
    topic = BY_TYPE[PunchRecorded.TYPE]
    sender = producer(kafka, "e2e")
    await retry_until_started(sender)
    try:
        for employee in employees:
            now = datetime.now(UTC)
            value = {
                "punch_id": uuid.uuid4().hex,
                "employee_id": employee,
                "occurred_at": now.isoformat(),
                "local_date": now.date().isoformat(),
                "zone": "Mars/Base",
                "site_id": note,
                "device_id": "no-terminal",
                "source": "terminal",
            }
            headers = [("ce_type", PunchRecorded.TYPE.encode()), ("ce_id", uuid.uuid4().hex.encode())]
            at = partition_of(employee.encode(), topic.partitions)
            await sender.send_and_wait(topic.name, json.dumps(value).encode(), employee.encode(), at, headers=headers)
    finally:
        await sender.stop()
