"""A month that is on the topic already, assessed by one process that has never seen it."""

import asyncio
import time

from pymongo import MongoClient
from pymongo.database import Database

from bench.demo import past
from bench.offsets import Counting
from bench.processes import Sampler
from bench.system import System
from bench.waiting import until_blocking
from bench.workload import Result, say
from deploy.local.services import ATTENDANCE_API
from kit.mongo import Document
from services.attendance.days.batch import DAYS, GENERATION, SUFFIX

ASSESSOR, PUNCHES = "assessor", "attendance.punches"
POSITIONS = {"_id": {"$regex": f"^days_v{GENERATION}:"}}


def run(system: System, client: "MongoClient[Document]", words: list[str]) -> Result:
    """Stop the assessor, write the month through the journal, start the assessor. Raises RuntimeError."""
    system.stack.stop(ASSESSOR)
    say(f"a past of punches ({' '.join(words)}) that nobody assesses yet")
    port = ATTENDANCE_API + system.settings.service_offset
    if code := asyncio.run(past.run(system.settings, system.secrets, "attendance", port, words)):
        raise RuntimeError(f"the past could not be written (exit code {code}): see {system.data}")
    punches = asyncio.run(_relayed(system))
    db = client["attendance"]
    before, days_before = _position(db), _days(db)
    system.stack.launch(ASSESSOR)
    until_blocking(lambda: _position(db) > before, seconds=120, what="the first batch", pause=0.02)
    began, first, pids = time.perf_counter(), _days(db), system.pids()
    with Sampler({name: pids[name] for name in (ASSESSOR, "mongod", "attendance-worker")}) as sampler:
        until_blocking(lambda: _position(db) >= punches, seconds=1_200, what="the month assessed", pause=0.2)
        seconds = time.perf_counter() - began
    system.stack.wait(ASSESSOR)
    days = _days(db)
    return {
        "punches": punches - before,
        "employee_days": days - days_before,
        "seconds": round(seconds, 2),
        "days_per_second": round((days - first) / seconds, 1),
        "processes": sampler.summary(),
    }


async def _relayed(system: System) -> int:
    """How many punches are on the topic when no more come."""
    async with Counting(system.bootstrap) as counting:
        held = -1
        while (now := (await counting.held())[PUNCHES]) != held:
            held = now
            await asyncio.sleep(2)
        return held


def _position(db: "Database[Document]") -> int:
    """How many punches the assessor is past."""
    return sum(
        at["offset"] for row in db["checkpoints"].find(POSITIONS) for at in row["next"] if at["topic"] == PUNCHES
    )


def _days(db: "Database[Document]") -> int:
    return db[DAYS + SUFFIX].count_documents({"version": {"$gt": 0}})
