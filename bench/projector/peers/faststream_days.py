"""FastStream: a batch subscriber with a pydantic model, one query, one bulk write.

python -m bench.projector.peers.faststream_days --kafka … --mongo … --database … --generation N --expect 300000
"""

import asyncio
from datetime import date

from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel
from pymongo import ReplaceOne

from bench.projector.peers.contender import Stamps, arguments, when_input_closes
from bench.projector.peers.days import assignments, collection_names, fold, fresh
from bench.projector.punches import TOPIC
from kit.mongo import Document


class Punch(BaseModel):
    """A record of the topic."""

    punch_id: str
    employee_id: str
    occurred_at: str
    local_date: date
    zone: str
    site_id: str
    device_id: str
    source: str
    direction: str = "unknown"
    method: str = "unknown"
    flags: list[str] = []


asked = arguments("python -m bench.projector.peers.faststream_days")
days_name, people_name = collection_names(asked.generation)
client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(asked.mongo, w="majority", journal=True)
days = client[asked.database][days_name]
places = assignments(asked.mongo, asked.database, people_name)
stamps = Stamps()

broker = KafkaBroker(asked.kafka, logger=None)
app = FastStream(broker, logger=None)


@broker.subscriber(
    TOPIC,
    batch=True,
    max_records=5_000,
    group_id=f"faststream-{asked.generation}",
    auto_offset_reset="earliest",
    fetch_max_wait_ms=50,
    max_partition_fetch_bytes=4 * 1024 * 1024,
    ack_policy=AckPolicy.NACK_ON_ERROR,
)
async def on_punches(punches: list[Punch]) -> None:
    """Load what is touched, fold, replace."""
    stamps.received()
    ids = {f"{punch.employee_id}|{punch.local_date}" for punch in punches}
    known = {day["_id"]: day async for day in days.find({"_id": {"$in": list(ids)}})}
    for punch in punches:
        record = punch.model_dump()
        day = known.setdefault(f"{punch.employee_id}|{punch.local_date}", fresh(record, places))
        fold(day, record)
    await days.bulk_write([ReplaceOne({"_id": key}, day, upsert=True) for key, day in known.items()], ordered=False)
    stamps.written(len(punches))
    if asked.expect and stamps.events >= asked.expect:
        app.exit()


if __name__ == "__main__":
    if not asked.expect:
        when_input_closes(app.exit)
    asyncio.run(app.run())
    stamps.report()
