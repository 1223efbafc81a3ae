"""Punches at a steady rate, and single ones of people who have not come yet, followed until their day says so."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bench.measure import Times
from bench.mixed.crowd import Crowd
from bench.mixed.town import Person
from bench.surge.pace import Pace
from bench.system import System
from bench.waiting import until
from bench.watch import Watch
from bench.workload import Result
from kit.mongo import Database, Document
from services.attendance.days.batch import DAYS as ASSESSED
from services.attendance.days.batch import SUFFIX
from services.reporting.presence.folds import DAYS as SHOWN

PROBES_A_SECOND = 5.0
SETTLE_SECONDS = 30.0
LATE = 0.01
"""Looking every millisecond, twice, would take a tenth of the database from what is measured in seconds."""


def came(row: Document) -> Iterable[str]:
    """An assessed day with a punch: both are written at once."""
    return (row["_id"],) if row.get("punches") else ()


def versions(row: Document) -> Iterable[str]:
    """The state of the day that the read model has heard of."""
    version = row.get("strands", {}).get("assessed", {}).get("version", 0)
    return (f"{row['_id']}@{number}" for number in range(1, version + 1))


class Probes:
    """Each person once: the first punch of a day changes what is said of it, so that the whole way can be followed."""

    def __init__(self, system: System, attendance: Database, people: Iterable[Person]) -> None:
        uri, days, shown = system.mongo_uri, ASSESSED + SUFFIX, SHOWN + "_v1"
        self._days = attendance[days]
        self._people = iter(people)
        self._assessed = Watch(uri, "attendance", days, shown=came, fields=["punches"], late=LATE)
        self._read = Watch(uri, "reporting", shown, shown=versions, fields=["strands.assessed.version"], late=LATE)

    async def run(self, crowd: Crowd, seconds: float, warm_up: float) -> Result:
        """Punch, and wait for what was punched. What happens in the first `warm_up` seconds is in no figure."""
        pace, began = Pace(PROBES_A_SECOND, warm_up + seconds), time.perf_counter()
        seen: tuple[int, int] | None = None
        while not pace.over:
            elapsed = time.perf_counter() - began
            if seen is None and elapsed >= warm_up:
                seen = len(self._assessed.times), len(self._read.times)
            for _ in range(pace.due(elapsed)):
                await self._send(crowd, next(self._people))
            await asyncio.sleep(0.01)
        await self._settled()
        first = seen or (0, 0)
        times: Sequence[Times] = (self._assessed.times, self._read.times)
        assessed, read = (one.since(start).summary() for one, start in zip(times, first, strict=True))
        return {
            "assessed": {**assessed, "missed": self._assessed.missing},
            "in_read_model": {**read, "missed": self._read.missing},
        }

    def close(self) -> None:
        """End."""
        self._assessed.close()
        self._read.close()

    async def _send(self, crowd: Crowd, person: Person) -> None:
        day = f"{person.id}|{datetime.now(ZoneInfo(person.zone)).date()}"
        row = await self._days.find_one({"_id": day}, {"version": 1})
        sent = time.perf_counter()
        crowd.record(person)
        self._assessed.expect(day, day, sent)
        self._read.expect(f"{day}@{(row['version'] if row else 0) + 1}", day, sent)

    async def _settled(self) -> None:
        try:
            await until(lambda: not (self._assessed.missing or self._read.missing), seconds=SETTLE_SECONDS, what="days")
        except TimeoutError:
            return  # those that are missing are in the result


async def punching(crowd: Crowd, probes: Probes, rate: float, seconds: float, warm_up: float) -> Result:
    """The crowd and the probes together."""
    load, shown = await asyncio.gather(crowd.punch(rate, seconds, warm_up=warm_up), probes.run(crowd, seconds, warm_up))
    return {"rate": rate + PROBES_A_SECOND, "seconds": seconds, "acknowledged": load, **shown}
