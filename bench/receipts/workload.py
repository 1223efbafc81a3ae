"""A journal that is full already is sealed from its beginning, by the sealer of the worker on a real database."""

import asyncio
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

import uvloop
from bson import ObjectId
from pymongo import MongoClient

from bench import seeding
from bench.measure import medians
from bench.options import Options
from bench.population import employee_id
from bench.system import System
from bench.workload import Result, Row, Workload, say
from contracts.events.attendance import PunchRecorded
from kit.mongo import Document, connect_uri
from services.attendance.devices.registry import now
from services.attendance.receipts.checking import check_links
from services.attendance.receipts.parts import ReceiptParts
from services.attendance.receipts.sealing import Sealer
from services.attendance.receipts.signing import Signer

WANTED = 2_600
"""Punches a second at the arrival of the whole country."""
SHAPES = {"1": 1, "100": 100}
ZONE = ZoneInfo("Asia/Jakarta")


def run(options: Options) -> Result:
    """Journals of single pushes and of backlogs in turn, several times."""
    punches = options.size(50_000, 1_000)
    with System(options.data / "receipts", parts={"mongod"}, keep=options.keep) as system:
        system.start("mongod")
        client = seeding.connect(system.mongo_uri)
        runs: dict[str, list[Result]] = {name: [] for name in SHAPES}
        for number in range(options.repeats()):
            for name, size in SHAPES.items() if number % 2 == 0 else reversed(SHAPES.items()):
                found = _one(client, system.mongo_uri, f"receipts_{number}_{name}", punches, size)
                runs[name].append(found)
                say(f"run {number + 1}, {name} an entry: {found['receipts_per_second']:,.0f} receipts/s")
    return {
        "punches": punches,
        "shapes": {name: {"median": medians(some), "runs": some} for name, some in runs.items()},
    }


def _one(client: "MongoClient[Document]", uri: str, database: str, punches: int, size: int) -> Result:
    db = client[database]
    db["events"].create_index([("recorded", 1), ("_id", 1)])
    seeding.insert(db["events"], _entries(punches, size), say, "journal")
    found: Result = uvloop.run(_seal(uri, database, punches))
    client.drop_database(database)
    return found


def _entries(punches: int, size: int) -> Iterator[Document]:
    began = datetime.now(UTC) - timedelta(minutes=5)
    for first in range(0, punches, size):
        facts = [_fact(number) for number in range(first, min(punches, first + size))]
        yield {"_id": ObjectId(), "recorded": began + timedelta(milliseconds=first // 10), "facts": facts}


def _fact(number: int) -> Document:
    event = PunchRecorded(
        punch_id=f"{number:032x}",
        employee_id=employee_id(number),
        occurred_at=datetime(2026, 3, 2, 0, 0, number % 60, tzinfo=UTC),
        local_date=datetime(2026, 3, 2, tzinfo=UTC).date(),
        zone="Asia/Jakarta",
        site_id=f"site-{number % 500}",
        device_id=f"SN{number % 5_000}",
        source="terminal",
    )
    return {"id": event.punch_id, "type": event.TYPE, "key": event.employee_id, "time": "", "data": event.to_json()}


async def _seal(uri: str, database: str, punches: int) -> Result:
    client = connect_uri(uri, "bench")
    own = ReceiptParts.of(client, client[database])
    await own.setup()
    signer = Signer.of(b64encode(bytes(range(32))).decode())
    task = asyncio.create_task(Sealer(own.journal, own.receipts, own.keys, own.findings, signer, now, ZONE).run())
    began, used = perf_counter(), process_time()
    try:
        while (await own.receipts.chain())[0].punches < punches:  # noqa: ASYNC110 - what the database says
            await asyncio.sleep(0.02)
        seconds, cpu = perf_counter() - began, process_time() - used
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    links: list[Any] = await own.receipts.links.find().sort("_id", 1).to_list(None)
    wrong = len(check_links(links, None, await own.keys.public()))
    held = await own.receipts.rows.count_documents({})
    client.close()
    return {
        "receipts_per_second": round(punches / seconds, 1),
        "cpu_us_a_receipt": round(cpu / punches * 1e6, 1),
        "links": len(links),
        "stored": held,
        "wrong": wrong,
    }


def rows(result: Result) -> list[Row]:
    """The published lines."""
    out = []
    for name, shape in result["shapes"].items():
        middle = shape["median"]
        rate, cpu = middle["receipts_per_second"], middle["cpu_us_a_receipt"]
        measured = f"{rate:,.0f} receipts/s, {cpu:.0f} µs of the worker's CPU each"
        out.append(Row(f"{name} punches an entry", measured, f"≥ {WANTED:,} receipts/s", rate >= WANTED))
        once = all(one["stored"] == result["punches"] and not one["wrong"] for one in shape["runs"])
        out.append(Row(f"{name} an entry: one receipt each, every link holds", "yes" if once else "no", "yes", once))
    return out


WORKLOAD = Workload("receipts", "Punches getting their receipts", run, rows)
