"""The assessor beside a running service: the journal's facts folded in their order into a real database, by the
projector's own unit of work. Only the broker between them is left out."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bson import ObjectId

from contracts.events.directory import Assignment, EmployeeChanged
from contracts.topics import BY_TYPE, PARTITIONS
from kit.journal import Fact
from kit.kafka import partition_of
from kit.mongo import blocking, blocking_database
from kit.projector.breaker import Breaker, Limits
from kit.projector.unit import Unit
from services.attendance.days.batch import GENERATION, SUFFIX
from services.attendance.days.clock import Clock
from services.attendance.days.folds import AssessedDays
from services.attendance.days.tables import load_tables
from services.attendance.outages.building import work_of
from services.attendance.outages.work import OutageWork
from services.attendance.schedules.models import Beginning
from tests.integration.attendance.conftest import Running
from tests.unit.attendance.making import LONG_AGO, OFFICE, given
from tests.unit.kit.projector.memory import Record

VIEW = f"days_v{GENERATION}"


@dataclass
class Assessing:
    """Office hours of 07.30 to 16.00 (16.30 on Fridays) for everybody who is hired."""

    service: Running
    unit: Unit
    clock: Clock
    outages: OutageWork
    _seen: set[ObjectId] = field(default_factory=set)
    _offsets: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    async def beside(cls, service: Running) -> "Assessing":
        """With a book of working time that has begun."""
        parts = service.parts
        view = AssessedDays(load_tables())
        db = blocking_database(parts.db)
        await asyncio.to_thread(view.setup, db, SUFFIX)
        unit = Unit(view, blocking(parts.client), db, view=VIEW, suffix=SUFFIX, breaker=Breaker(Limits()))
        for partition in range(PARTITIONS):
            await asyncio.to_thread(unit.claim, partition)
        rows: dict[str, Any] = {
            "patterns": OFFICE,
            "assigned": given("unit", "dinas", "kantor"),
            "beginnings": Beginning(id="awal", day=LONG_AGO, source="SK"),
        }
        for kind, row in rows.items():
            await parts.db[kind].insert_one({"_id": row.id, **row.model_dump(mode="json")})
        await parts.db["units"].insert_one(
            {"_id": "dinas", "versions": [{"valid_from": "2020-01-01", "valid_to": None, "parent_id": None}]}
        )
        clock = Clock(parts.db, parts.journal, parts.book.store, service.clock)
        return cls(service, unit, clock, work_of(parts, every=1))

    async def hire(self, people: Iterable[str], since: date, site: str = "wib") -> None:
        """People of one unit, as the directory tells of them."""
        for who in people:
            held = Assignment(
                unit_id="dinas",
                post_id=f"p-{who}",
                post_title="Staf",
                site_id=site,
                valid_from=since,
                valid_to=None,
            )
            event = EmployeeChanged(
                employee_id=who,
                name="Nama",
                sex="female",
                status="pns",
                numbers=(),
                assignments=(held,),
                changed_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
            row = {"_id": who, "numbers": [], "assignments": [held.model_dump(mode="json")]}
            await self.service.parts.db["employees"].replace_one({"_id": who}, row, upsert=True)
            fact = Fact.of(event, event_id=f"hired-{who}", key=who, time=event.changed_at)
            await self._fold([fact.document()])

    async def until(self, at: datetime) -> None:
        """The clock shows this instant, and all that has happened before is assessed."""
        self.service.clock.fixed = at
        for _ in range(60):
            busy = await self.clock.turn()
            folded = await self.catch_up()
            if not busy and not folded:
                return
        raise AssertionError("the assessor does not come to an end")

    async def catch_up(self) -> int:
        """Fold what the journal has; how many facts."""
        entries = await self.service.parts.journal.collection.find().sort("_id", 1).to_list(None)
        facts = [fact for one in entries if one["_id"] not in self._seen for fact in one["facts"]]
        self._seen |= {one["_id"] for one in entries}
        await self._fold(facts)
        return len(facts)

    async def look(self) -> None:
        """The worker looks for outages, marks days and carries decisions out; the assessor hears of it."""
        await self.outages.look()
        await self.catch_up()

    async def day(self, who: str, day: date) -> Any:
        """The explained day as the API answers it."""
        return await self.service.get(f"/employees/{who}/days/{day}")

    async def _fold(self, facts: Iterable[dict[str, Any]]) -> None:
        wanted = AssessedDays.inputs
        for fact in facts:
            if fact["type"] not in wanted:
                continue
            topic, key = BY_TYPE[fact["type"]].name, fact["key"].encode()
            partition = partition_of(key, PARTITIONS)
            offset = self._offsets[topic, partition] = self._offsets.get((topic, partition), -1) + 1
            headers = [("ce_type", fact["type"].encode()), ("ce_id", fact["id"].encode())]
            record = Record(fact["data"], headers, key, topic, partition, offset)
            # Facts of one kind after the other, as a partition of a topic is read.
            await asyncio.to_thread(self.unit.process, {partition: [record]})


def local(day: date, clock: str, zone: str = "Asia/Jakarta") -> datetime:
    """An instant by the clock of a site."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)
