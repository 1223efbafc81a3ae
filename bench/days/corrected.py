"""Corrections, each asked for by an employee and approved by the superior, until the assessed day has it."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx

from bench.measure import Times
from bench.mixed.town import Person
from bench.system import System
from bench.workload import Result
from kit.demo.calendar import working_days
from kit.mongo import Database
from services.attendance.days.batch import DAYS, SUFFIX
from tests.stack.issuer import Issuer
from tests.unit.kit.files import png

API = "/api/attendance/v1"
ARRIVED = "06:01"
PATIENCE = 10.0


async def run(system: System, attendance: Database, issuer: Issuer, people: Sequence[Person]) -> Result:
    """One after the other: the arrival on the last working day of each of `people`. Raises httpx.HTTPError."""
    edge, times, never = f"http://{system.settings.host}:{system.settings.edge}", Times(), 0
    today = datetime.now(UTC).date()
    day = working_days(today - timedelta(days=7), today - timedelta(days=1))[-1]
    async with httpx.AsyncClient(base_url=edge, trust_env=False, timeout=30) as http:
        for person in people:
            row = await _asked(http, issuer, person, day)
            began = perf_counter()
            await _approved(http, issuer, person, row)
            if await _counted(attendance, person, day):
                times.add(perf_counter() - began)
            else:
                never += 1
    return {**times.summary(), "missed": never}


async def _asked(http: httpx.AsyncClient, issuer: Issuer, person: Person, day: date) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {issuer.token('pegawai', employee_id=person.id)}"}
    claim = {"date": str(day), "what": "punch", "direction": "in", "at": ARRIVED, "reason": "Mesin di lobi mati."}
    corrections = f"{API}/employees/{person.id}/corrections"
    asked = await http.post(corrections, json=claim, headers=headers | {"Idempotency-Key": uuid4().hex})
    row = asked.raise_for_status().json()
    proven = await http.post(
        f"{corrections}/{row['id']}/evidence",
        content=png(),
        params={"filename": "lobi.png"},
        headers=headers | {"If-Match": f'"{row["version"]}"'},
    )
    found: dict[str, Any] = proven.raise_for_status().json()
    return found


async def _approved(http: httpx.AsyncClient, issuer: Issuer, person: Person, row: dict[str, Any]) -> None:
    decided = await http.post(
        f"{API}/corrections/decisions",
        json={"corrections": [{"id": row["id"], "version": row["version"]}], "outcome": "approved"},
        headers={"Authorization": f"Bearer {issuer.token('pegawai', employee_id=person.superior)}"},
    )
    items = decided.raise_for_status().json()["items"]
    if items[0]["refused"]:
        raise RuntimeError(f"the correction of {person.id} was not approved: {items[0]['refused']}")


async def _counted(attendance: Database, person: Person, day: date) -> bool:
    """Whether the claimed arrival is the first of the day within the patience."""
    at = datetime.combine(day, time.fromisoformat(ARRIVED), ZoneInfo(person.zone)).astimezone(UTC)
    deadline = perf_counter() + PATIENCE
    while perf_counter() < deadline:
        row = await attendance[DAYS + SUFFIX].find_one({"_id": f"{person.id}|{day}"}, {"said.first_in": 1})
        found = row["said"].get("first_in") if row and "said" in row else None
        if found and datetime.fromisoformat(found) == at:
            return True
        await asyncio.sleep(0.005)
    return False
