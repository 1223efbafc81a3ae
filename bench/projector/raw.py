"""What broker and database do for the same records and documents without a projector between: the limits.

python -m bench.projector.raw consume|insert …
"""

import argparse
import json
import time

import uvloop
from aiokafka import AIOKafkaConsumer
from pymongo import MongoClient
from pymongo.write_concern import WriteConcern

from bench.projector.punches import TOPIC
from bench.seeding import chunks
from kit.mongo import Document

DURABLE = WriteConcern(w="majority", j=True)
AT_ONCE = 2_500


async def consume(kafka: str, expect: int) -> dict[str, float]:
    """Fetch every record with the product's client and settings, look at none."""
    consumer = AIOKafkaConsumer(
        TOPIC,
        bootstrap_servers=kafka,
        group_id=None,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        fetch_max_wait_ms=50,
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    await consumer.start()
    began, seen = time.time(), 0
    while seen < expect:
        fetched = await consumer.getmany(timeout_ms=1000, max_records=5_000)
        seen += sum(map(len, fetched.values()))
    ended = time.time()
    await consumer.stop()
    return {"first": began, "last": ended, "events": seen}


def insert(uri: str, database: str, source: str, target: str, part: int, parts: int) -> dict[str, float]:
    """Insert the documents of a finished view into an empty collection, acknowledged on disk like the view's own."""
    with MongoClient[Document](uri) as client:
        db = client[database]
        rows = [row for number, row in enumerate(db[source].find()) if number % parts == part]
        into = db[target].with_options(write_concern=DURABLE)
        began = time.time()
        for chunk in chunks(rows, AT_ONCE):
            into.insert_many(chunk, ordered=False)
        return {"first": began, "last": time.time(), "events": len(rows)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.projector.raw")
    parser.add_argument("what", choices=("consume", "insert"))
    parser.add_argument("--kafka", default="")
    parser.add_argument("--mongo", default="")
    parser.add_argument("--database", default="")
    parser.add_argument("--source", default="")
    parser.add_argument("--target", default="")
    parser.add_argument("--expect", type=int, default=0)
    parser.add_argument("--part", type=int, default=0)
    parser.add_argument("--parts", type=int, default=1)
    a = parser.parse_args()
    if a.what == "consume":
        print(json.dumps(uvloop.run(consume(a.kafka, a.expect))))
    else:
        print(json.dumps(insert(a.mongo, a.database, a.source, a.target, a.part, a.parts)))


if __name__ == "__main__":
    main()
