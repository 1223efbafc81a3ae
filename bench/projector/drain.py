"""One process draining the topic: prints one JSON line with what it did.

python -m bench.projector.drain --kafka … --mongo … --group G --expect 300000
"""

import argparse
import asyncio
import json
import resource
import time

import uvloop

from contracts.topics import ATTENDANCE_PUNCHES
from kit import metrics
from kit.mongo import connect_uri
from kit.projector import Projector
from services.reporting.presence.folds import Presence


async def drain(kafka: str, mongo: str, database: str, group: str, expect: int, batch: int) -> dict[str, float]:
    """Project until `expect` records are folded by all processes of the group together; the figures of this one."""
    client = connect_uri(mongo, "bench")
    db = client[database]
    projector = Projector(Presence(), client, db, kafka, group=group, max_records=batch)
    started = time.time()
    task = asyncio.create_task(projector.run())
    first = 0.0
    while True:
        rows = await db["checkpoints"].find({"view": projector.view}).to_list(None)
        done = sum(row["offset"] for document in rows for row in document["next"] if row["topic"] == TOPIC)
        first = first or (time.time() if done else 0.0)
        if done >= expect or task.done():
            break
        await asyncio.sleep(0.05)
    ended = time.time()
    task.cancel()
    await asyncio.wait({task})
    phases = {
        sample.labels["phase"]: round(sample.value, 2)
        for family in metrics.PROJECTOR_PHASE_SECONDS.collect()
        for sample in family.samples
        if sample.name.endswith("_total")
    }
    memory = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "started": started,
        "ended": ended,
        "seconds": ended - started,
        "events": expect,
        "rss_mb": memory.ru_maxrss / 1024,
        "cpu_seconds": memory.ru_utime + memory.ru_stime,
        **phases,
    }


TOPIC = ATTENDANCE_PUNCHES.name


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser()
    for name in ("--kafka", "--mongo", "--group"):
        parser.add_argument(name, required=True)
    parser.add_argument("--database", default="bench_reporting")
    parser.add_argument("--expect", type=int, default=300_000)
    parser.add_argument("--batch", type=int, default=5_000)
    a = parser.parse_args()
    print(json.dumps(uvloop.run(drain(a.kafka, a.mongo, a.database, a.group, a.expect, a.batch))))


if __name__ == "__main__":
    main()
