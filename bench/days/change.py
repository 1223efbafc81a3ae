"""Another hour at which the five-day week begins, since a month ago: everybody's days are assessed anew."""

import asyncio
import time
from datetime import date, timedelta
from typing import Any

import httpx

from bench.offsets import Counting
from bench.system import System
from bench.workload import Result
from kit.mongo import Database
from services.attendance.days.batch import BOOKS, CLOCKS, SUFFIX
from services.attendance.schedules.desk import API

PATTERN, STARTS = "law-five_day", "07:40"
DAYS = "attendance.days"
PATIENCE = 900.0


async def run(system: System, attendance: Database, token: str, since: date) -> Result:
    """Change it over the API and wait until nothing is left to do. Raises TimeoutError and httpx.HTTPError."""
    async with Counting(system.bootstrap) as counting:
        before = (await counting.held())[DAYS]
        book = await _book(attendance)
        began = time.perf_counter()
        await _changed(system, token, since)
        while not await _done(attendance, book + 1):
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"the days are not assessed anew within {PATIENCE:.0f} s")
            await asyncio.sleep(0.2)
        seconds = time.perf_counter() - began
        return {"seconds": round(seconds, 1), "days_told": (await counting.held())[DAYS] - before}


async def _changed(system: System, token: str, since: date) -> None:
    edge = f"http://{system.settings.host}:{system.settings.edge}"
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=edge, headers=headers, trust_env=False, timeout=60) as http:
        answer = (await http.get(f"{API}/patterns/{PATTERN}")).raise_for_status()
        pattern = answer.json()
        *earlier, last = pattern["versions"]
        ended = {**last, "valid_to": str(since - timedelta(days=1))}
        versions = [*earlier, ended, {**last, "valid_from": str(since), "days": [_later(day) for day in last["days"]]}]
        (
            await http.put(
                f"{API}/patterns/{PATTERN}",
                json={"name": pattern["name"], "versions": versions},
                headers={"If-Match": answer.headers["ETag"]},
            )
        ).raise_for_status()


def _later(day: dict[str, Any]) -> dict[str, Any]:
    return {**day, "shifts": [{**shift, "start": STARTS} for shift in day["shifts"]]}


async def _book(db: Database) -> int:
    row = await db[BOOKS].find_one(sort=[("_id", -1)])
    return int(row["_id"]) if row else 0


async def _done(db: Database, book: int) -> bool:
    """Every partition goes by the new book, and has nothing left."""
    rows = await db[CLOCKS + SUFFIX].find().to_list(None)
    return bool(rows) and all(row["book"] >= book and not row["behind"] and not row["stale"] for row in rows)
